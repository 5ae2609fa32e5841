// The look of the mailbox pages.

export const STYLE = `
:root { color-scheme: light; --ink: #1a2430; --soft: #5b6875; --line: #dde3e9; --paper: #fff; --ground: #f2f5f8; --accent: #1c6dd0; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); }
.top { display: flex; align-items: center; gap: 20px; padding: 12px 20px; background: #14303d; color: #fff; }
.top a { color: #cfe3ea; text-decoration: none; }
.top a.name { color: #fff; font-weight: 650; font-size: 17px; }
.top .time { margin-left: auto; color: #cfe3ea; font-variant-numeric: tabular-nums; }
main { max-width: 1120px; margin: 0 auto; padding: 20px; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 4px; overflow-wrap: anywhere; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.filter { display: flex; flex-wrap: wrap; gap: 10px; margin-bottom: 14px; }
.filter input, .filter select { font: inherit; color: inherit; padding: 8px 12px; border: 1px solid #b9c4cf; border-radius: 8px; background: #fff; min-width: 0; }
.filter input { flex: 2 1 220px; } .filter select { flex: 1 1 180px; max-width: 100%; }
button, .button { font: inherit; color: var(--ink); padding: 8px 14px; border: 1px solid #b9c4cf; border-radius: 8px; background: #fff; cursor: pointer; text-decoration: none; }
button:hover, .button:hover { background: #eef2f6; }
button.main { background: var(--accent); border-color: var(--accent); color: #fff; }
button:disabled { color: #8a96a3; background: #f4f6f8; cursor: default; }
:focus-visible { outline: 3px solid #8bbcf2; outline-offset: 1px; }
.mails { list-style: none; margin: 0; padding: 0; }
.mails a { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.8fr) 140px 140px; gap: 4px 16px; align-items: center; padding: 11px 18px; color: inherit; text-decoration: none; border-top: 1px solid var(--line); }
.mails li:first-child a { border-top: 0; }
.mails a:hover { background: #f7fafc; }
.mails .who, .mails .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mails .who small { display: block; color: var(--soft); overflow: hidden; text-overflow: ellipsis; }
.mails .what { font-weight: 550; }
.mails time { color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; font-size: 13.5px; }
.state { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 13px; background: #e6ecf2; color: #3b4a59; white-space: nowrap; }
.state.delivered { background: #e2f2e6; color: #1f5b33; }
.state.open, .state.click { background: #dfecfb; color: #134a8e; }
.state.bounce, .state.dropped, .state.spamreport { background: #fbe3e0; color: #8e2216; }
.state.unsubscribe, .state.deferred { background: #fbf0d6; color: #6d4c05; }
.empty { padding: 48px 20px; text-align: center; color: var(--soft); }
.pages { display: flex; justify-content: space-between; align-items: center; gap: 12px; margin-top: 14px; color: var(--soft); }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 14px; margin: 10px 0 0; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0; }
.actions form { display: contents; }
.notice { padding: 10px 14px; border-radius: 8px; background: #e2f2e6; color: #1f5b33; margin-bottom: 14px; overflow-wrap: anywhere; }
.notice.bad { background: #fbe3e0; color: #8e2216; }
.tabs { display: flex; gap: 2px; overflow-x: auto; border-bottom: 1px solid var(--line); padding: 0 10px; background: #f7fafc; }
.tabs a { padding: 10px 14px; color: var(--soft); text-decoration: none; border-bottom: 2px solid transparent; white-space: nowrap; }
.tabs a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
.frame { display: block; width: 100%; height: 74vh; min-height: 420px; border: 0; background: #fff; }
.stage.phone { padding: 18px 0; }
.frame.phone { width: 375px; max-width: 100%; margin: 0 auto; border: 1px solid var(--line); border-radius: 18px; }
.frame.dark { background: #121212; color-scheme: dark; }
.stage { background: #eef2f6; } .stage.dark { background: #121212; }
pre { margin: 0; padding: 18px; overflow-x: auto; font: 13px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 14px; } th, td { text-align: left; vertical-align: top; padding: 8px 18px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
tr:first-child th, tr:first-child td { border-top: 0; } th { width: 230px; color: var(--soft); font-weight: 500; }
.scroll { overflow-x: auto; }
@media (max-width: 700px) {
  main { padding: 14px; } .top { flex-wrap: wrap; gap: 4px 16px; padding: 10px 14px; } .top .time { margin-left: 0; flex-basis: 100%; font-size: 13px; }
  .mails a { grid-template-columns: minmax(0, 1fr) auto; padding: 11px 14px; }
  .mails .who { grid-column: 1; } .mails time { grid-column: 2; grid-row: 1; } .mails .what { grid-column: 1; white-space: normal; }
  .mails .badge { grid-column: 2; grid-row: 2; text-align: right; align-self: start; }
  tr { display: block; padding: 8px 14px; border-top: 1px solid var(--line); } tr:first-child { border-top: 0; }
  th, td { display: block; width: auto; padding: 1px 0; border: 0; } td:empty { display: none; }
  .filter button { flex: 1 1 100%; }
}
`;
