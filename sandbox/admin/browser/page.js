// The few controls of an admin page without the app in it: the menu of a narrow screen and the language switch.
document.getElementById('menu-button').addEventListener('click', () => document.body.classList.toggle('menu-open'));
document.getElementById('shade').addEventListener('click', () => document.body.classList.remove('menu-open'));
document.getElementById('language').addEventListener('change', (event) => event.target.form.submit());
