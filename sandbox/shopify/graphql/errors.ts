// Rewords graphql-js validation errors as Shopify words them, so that code reading codes and messages sees the same. Used by run.ts.
import { GraphQLError } from 'graphql';

interface Rewording {
  pattern: RegExp;
  message: (found: RegExpExecArray) => string;
  extensions: (found: RegExpExecArray) => Record<string, unknown>;
}

const rewordings: Rewording[] = [
  {
    pattern: /^Cannot query field "(\w+)" on type "(\w+)"/,
    message: ([, field, type]) => `Field '${field}' doesn't exist on type '${type}'`,
    extensions: ([, field, type]) => ({ code: 'undefinedField', typeName: type, fieldName: field }),
  },
  {
    pattern: /^Unknown argument "(\w+)" on field "(\w+)\.(\w+)"/,
    message: ([, argument, , field]) => `Field '${field}' doesn't accept argument '${argument}'`,
    extensions: ([, argument, , field]) => ({
      code: 'argumentNotAccepted',
      name: field,
      typeName: 'Field',
      argumentName: argument,
    }),
  },
  {
    pattern: /^(?:Field|Argument) "([\w.]+)"(?: argument "(\w+)")?.*is required/,
    message: ([, field, argument]) => `Field '${field}' is missing required arguments: ${argument ?? ''}`,
    extensions: ([, field, argument]) => ({
      code: 'missingRequiredArguments',
      className: 'Field',
      name: field,
      arguments: argument,
    }),
  },
  {
    pattern: /^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/,
    message: ([, field, type]) =>
      `Field must have selections (field '${field}' returns ${type} but has no selections.)`,
    extensions: ([, , type]) => ({ code: 'selectionMismatch', nodeName: `field`, typeName: type }),
  },
];

export function shopifyValidationError(error: GraphQLError): GraphQLError {
  for (const { pattern, message, extensions } of rewordings) {
    const found = pattern.exec(error.message);
    if (found) return new GraphQLError(message(found), { nodes: error.nodes ?? null, extensions: extensions(found) });
  }
  return error;
}
