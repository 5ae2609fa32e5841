/** A switch that acts at once; Polaris has none. Used for a scenario's on and off. */
export interface SwitchProps {
  label: string;
  on: boolean;
  disabled?: boolean;
  onToggle(on: boolean): void;
}

export function Switch({ label, on, disabled = false, onToggle }: SwitchProps) {
  return (
    <button
      type="button"
      className="switch"
      role="switch"
      aria-checked={on}
      aria-label={label}
      disabled={disabled}
      onClick={() => onToggle(!on)}
    >
      <span />
    </button>
  );
}
