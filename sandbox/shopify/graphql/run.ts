// Parses, validates and executes one document against Shopify's schema with plain resolvers. Used by door.ts and by bulk operations.
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
  parse,
  validate,
} from 'graphql';
import { type AdminSchema, loadAdminSchema } from '../schema/load';
import { type AccessTable, accessDenied, createAccessTable, isAllowed, type Requirement } from './access';
import { type GraphqlContext, type Resolver, typeOf } from './context';
import { shopifyValidationError } from './errors';
import { resolvers } from './resolvers';

export interface Engine {
  admin: AdminSchema;
  /** The document, or the errors Shopify would answer with. */
  read(query: string): DocumentNode | readonly GraphQLError[];
  run(request: RunRequest): Promise<ExecutionResult>;
}

export interface RunRequest {
  document: DocumentNode;
  context: GraphqlContext;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | undefined;
}

let engine: Engine | undefined;

export function graphqlEngine(): Engine {
  engine ??= createEngine(loadAdminSchema());
  return engine;
}

function createEngine(admin: AdminSchema): Engine {
  const documents = new Map<string, DocumentNode>();
  const fieldResolver = createFieldResolver(createAccessTable(admin));
  return {
    admin,
    read(query) {
      const known = documents.get(query);
      if (known) return known;
      const document = parseDocument(query);
      if (document instanceof GraphQLError) return [document];
      const errors = validate(admin.schema, document);
      if (errors.length > 0) return errors.map(shopifyValidationError);
      if (documents.size > 300) documents.clear();
      documents.set(query, document);
      return document;
    },
    async run({ document, context, variables, operationName }) {
      return execute({
        schema: admin.schema,
        document,
        contextValue: context,
        variableValues: variables,
        operationName,
        fieldResolver,
        typeResolver,
      });
    },
  };
}

function parseDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: 20_000 });
  } catch (error) {
    return error instanceof GraphQLError ? error : new GraphQLError(String(error));
  }
}

interface FieldPlan {
  required: { lists: Requirement; text: string } | null;
  resolve: Resolver | undefined;
}

function createFieldResolver(access: AccessTable): GraphQLFieldResolver<unknown, GraphqlContext> {
  const plans = new Map<string, Map<string, FieldPlan>>();
  return (source, args, ctx, info) => {
    const typeName = info.parentType.name;
    const ofType = plans.get(typeName) ?? new Map<string, FieldPlan>();
    plans.set(typeName, ofType);
    let plan = ofType.get(info.fieldName);
    if (!plan) {
      const field = info.parentType.getFields()[info.fieldName];
      const resolve = resolvers[typeName]?.[info.fieldName];
      plan = { required: field ? access.requirementOf(typeName, field) : null, resolve };
      ofType.set(info.fieldName, plan);
    }
    if (plan.required && !isAllowed(ctx.scopes, plan.required.lists)) {
      throw accessDenied(info.fieldName, plan.required.text);
    }
    if (plan.resolve) return plan.resolve(source as never, args, ctx);
    if (typeof source === 'object' && source !== null && info.fieldName in source) {
      return (source as Record<string, unknown>)[info.fieldName];
    }
    throw new GraphQLError(`The sandbox does not implement ${typeName}.${info.fieldName}.`, {
      extensions: { code: 'SANDBOX_NOT_IMPLEMENTED' },
    });
  };
}

const typeResolver: GraphQLTypeResolver<unknown, GraphqlContext> = (value) => {
  const type = typeOf(value);
  if (type === undefined) throw new GraphQLError('The sandbox does not know the type of this value.');
  return type;
};
