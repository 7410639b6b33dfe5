/** Malformed is thrown for bytes that do not match their description. `path` names the field, outermost first. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
  readonly path: string[];
  readonly fault: string;

  constructor(fault: string, path: string[] = []) {
    super(fault);
    this.fault = fault;
    this.path = path;
  }

  /** Adds an enclosing field to the path while the exception passes through it. */
  inside(field: string): this {
    this.path.unshift(field);
    this.message = `${this.path.join('.')}: ${this.fault}`;
    return this;
  }
}
