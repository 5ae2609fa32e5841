// The error a sandbox part throws when it will not do what was asked; the router turns it into an HTTP answer.

export class SandboxRefusal extends Error {
  readonly status: number;
  constructor(message: string, status = 422) {
    super(message);
    this.name = 'SandboxRefusal';
    this.status = status;
  }
}
