/** Bytes that do not have the form their description asks for. `path` names the field, outermost first. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
  readonly path: string[];
  readonly fault: string;

  constructor(fault: string, path: string[] = []) {
    super(fault);
    this.fault = fault;
    this.path = path;
  }

  /** Called while the exception passes through the enclosing structures. */
  inside(field: string): this {
    this.path.unshift(field);
    this.message = `${this.path.join('.')}: ${this.fault}`;
    return this;
  }
}
