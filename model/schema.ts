/** The subset of JSON Schema that the model uses. `puppet-type.ts` translates each keyword to Puppet. */
export interface Schema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly description?: string;
  /** Anchored with `^…$`. In Puppet types it is anchored with `\A…\z`, because Ruby's `^…$` matches each line. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  /** `true` allows any: the value is validated elsewhere. */
  readonly additionalProperties?: boolean | Schema;
}
