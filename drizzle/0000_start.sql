CREATE TABLE "attributions" (
	"shop_id" integer NOT NULL,
	"order_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"scenario" text NOT NULL,
	"by" text NOT NULL,
	"ordered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "attributions_shop_id_order_id_pk" PRIMARY KEY("shop_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "checkouts" (
	"shop_id" integer NOT NULL,
	"id" text NOT NULL,
	"token" text,
	"customer_id" text,
	"email" text,
	"email_key" text,
	"locale" text,
	"country" text,
	"currency" text NOT NULL,
	"total" numeric(20, 4) NOT NULL,
	"lines" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"recovery_url" text,
	"accepts_marketing" boolean DEFAULT false NOT NULL,
	"source_created_at" timestamp with time zone NOT NULL,
	"source_updated_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "checkouts_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "clicks" (
	"shop_id" integer NOT NULL,
	"event_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"customer_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"url" text NOT NULL,
	"person" boolean NOT NULL,
	CONSTRAINT "clicks_shop_id_event_id_pk" PRIMARY KEY("shop_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"shop_id" integer NOT NULL,
	"id" text NOT NULL,
	"email" text,
	"email_key" text,
	"first_name" text,
	"last_name" text,
	"locale" text,
	"country" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"consent_state" text DEFAULT 'not_subscribed' NOT NULL,
	"consent_level" text DEFAULT 'unknown' NOT NULL,
	"consent_updated_at" timestamp with time zone,
	"open_tracking" text DEFAULT 'unknown' NOT NULL,
	"birth_date" date,
	"orders_count" integer DEFAULT 0 NOT NULL,
	"preferences" jsonb DEFAULT '{"refused":[],"fewer":false}'::jsonb NOT NULL,
	"suppressed" text,
	"suppressed_at" timestamp with time zone,
	"merged_into" text,
	"source_created_at" timestamp with time zone,
	"source_updated_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "customers_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"shop_id" integer NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "decisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"customer_id" text NOT NULL,
	"scenario" text NOT NULL,
	"enrollment_id" bigint,
	"message_id" uuid,
	"step" text,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "decisions_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "enrollments" (
	"shop_id" integer NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "enrollments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"scenario" text NOT NULL,
	"customer_id" text NOT NULL,
	"occurrence" text NOT NULL,
	"version" integer NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"cursor" text,
	"anchor" timestamp with time zone NOT NULL,
	"subject" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"alarm_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	CONSTRAINT "enrollments_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"shop_id" integer NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"operation_id" text,
	"result_url" text,
	"object_count" integer DEFAULT 0 NOT NULL,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"error" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "imports_shop_id_kind_pk" PRIMARY KEY("shop_id","kind")
);
--> statement-breakpoint
CREATE TABLE "inbound_events" (
	"shop_id" integer NOT NULL,
	"source" text NOT NULL,
	"topic" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"triggered_at" timestamp with time zone,
	"received_at" timestamp with time zone NOT NULL,
	"payload" text NOT NULL,
	"processed_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "inbound_events_shop_id_source_topic_dedupe_key_pk" PRIMARY KEY("shop_id","source","topic","dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"shop_id" integer NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"enrollment_id" bigint NOT NULL,
	"scenario" text NOT NULL,
	"step" text NOT NULL,
	"email" text NOT NULL,
	"customer_id" text NOT NULL,
	"priority" integer NOT NULL,
	"urgency" text,
	"status" text DEFAULT 'planned' NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"alarm_at" timestamp with time zone,
	"reason" text,
	"facts" jsonb,
	"ground" text,
	"claimed_at" timestamp with time zone,
	"claim_id" uuid,
	"handed_over_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"provider_message_id" text,
	"language" text,
	"subject" text,
	"processed_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"clicked_at" timestamp with time zone,
	"bounced_at" timestamp with time zone,
	"complained_at" timestamp with time zone,
	"unsubscribed_at" timestamp with time zone,
	CONSTRAINT "messages_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"shop_id" integer NOT NULL,
	"order_id" text NOT NULL,
	"id" text NOT NULL,
	"product_id" text,
	"variant_id" text,
	"title" text NOT NULL,
	"quantity" integer NOT NULL,
	"price" numeric(20, 4) NOT NULL,
	CONSTRAINT "order_lines_shop_id_order_id_id_pk" PRIMARY KEY("shop_id","order_id","id")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"shop_id" integer NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"customer_id" text,
	"email_key" text,
	"checkout_token" text,
	"checkout_id" text,
	"currency" text NOT NULL,
	"total" numeric(20, 4) NOT NULL,
	"refunded" numeric(20, 4) DEFAULT '0' NOT NULL,
	"financial_status" text,
	"accepts_marketing" boolean DEFAULT false NOT NULL,
	"discount_codes" text[] DEFAULT '{}' NOT NULL,
	"landing_site" text,
	"processed_at" timestamp with time zone NOT NULL,
	"cancelled_at" timestamp with time zone,
	"source_updated_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "orders_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"shop_id" integer NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"handle" text NOT NULL,
	"status" text NOT NULL,
	"product_type" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"image_url" text,
	"published_at" timestamp with time zone,
	"source_updated_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "products_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"shop_id" integer NOT NULL,
	"id" text NOT NULL,
	"order_id" text NOT NULL,
	"amount" numeric(20, 4) NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "refunds_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "scenario_settings" (
	"shop_id" integer NOT NULL,
	"scenario" text NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"enabled_at" timestamp with time zone,
	"overlay" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "scenario_settings_shop_id_scenario_pk" PRIMARY KEY("shop_id","scenario")
);
--> statement-breakpoint
CREATE TABLE "scenario_versions" (
	"shop_id" integer NOT NULL,
	"scenario" text NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	CONSTRAINT "scenario_versions_shop_id_scenario_version_pk" PRIMARY KEY("shop_id","scenario","version")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"shop" text NOT NULL,
	"state" text NOT NULL,
	"is_online" boolean DEFAULT false NOT NULL,
	"scope" text,
	"expires" timestamp,
	"access_token" text,
	"user_id" bigint,
	"first_name" text,
	"last_name" text,
	"email" text,
	"account_owner" boolean DEFAULT false NOT NULL,
	"locale" text,
	"collaborator" boolean DEFAULT false,
	"email_verified" boolean DEFAULT false,
	"refresh_token" text,
	"refresh_token_expires" timestamp
);
--> statement-breakpoint
CREATE TABLE "shop_domains" (
	"domain" text PRIMARY KEY NOT NULL,
	"shop_id" integer GENERATED ALWAYS AS IDENTITY (sequence name "shop_domains_shop_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	CONSTRAINT "shop_domains_shop_id_unique" UNIQUE("shop_id")
);
--> statement-breakpoint
CREATE TABLE "shops" (
	"shop_id" integer PRIMARY KEY NOT NULL,
	"domain" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"email" text,
	"currency" text DEFAULT 'USD' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"country" text,
	"locale" text DEFAULT 'en' NOT NULL,
	"url" text DEFAULT '' NOT NULL,
	"address" jsonb,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"settings_version" integer DEFAULT 1 NOT NULL,
	"installed_at" timestamp with time zone,
	"uninstalled_at" timestamp with time zone,
	"redacted_at" timestamp with time zone,
	"paused_at" timestamp with time zone,
	"granted_scopes" text DEFAULT '' NOT NULL,
	"orders_known_until" timestamp with time zone,
	"reconcile_due_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "variants" (
	"shop_id" integer NOT NULL,
	"id" text NOT NULL,
	"product_id" text NOT NULL,
	"title" text,
	"position" integer DEFAULT 1 NOT NULL,
	"price" numeric(20, 4) NOT NULL,
	"compare_at_price" numeric(20, 4),
	"inventory_quantity" integer,
	"available" boolean DEFAULT true NOT NULL,
	"image_url" text,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "variants_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE INDEX "attributions_scenario" ON "attributions" USING btree ("shop_id","scenario","ordered_at");--> statement-breakpoint
CREATE INDEX "checkouts_token" ON "checkouts" USING btree ("shop_id","token");--> statement-breakpoint
CREATE INDEX "checkouts_customer" ON "checkouts" USING btree ("shop_id","customer_id");--> statement-breakpoint
CREATE INDEX "checkouts_email" ON "checkouts" USING btree ("shop_id","email_key");--> statement-breakpoint
CREATE INDEX "checkouts_created" ON "checkouts" USING btree ("shop_id","source_created_at");--> statement-breakpoint
CREATE INDEX "clicks_customer" ON "clicks" USING btree ("shop_id","customer_id","at");--> statement-breakpoint
CREATE INDEX "clicks_message" ON "clicks" USING btree ("shop_id","message_id");--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("shop_id","email_key");--> statement-breakpoint
CREATE INDEX "customers_consent" ON "customers" USING btree ("shop_id","consent_state","consent_updated_at");--> statement-breakpoint
CREATE INDEX "decisions_customer" ON "decisions" USING btree ("shop_id","customer_id","at");--> statement-breakpoint
CREATE INDEX "decisions_scenario" ON "decisions" USING btree ("shop_id","scenario","kind","at");--> statement-breakpoint
CREATE UNIQUE INDEX "enrollments_once" ON "enrollments" USING btree ("shop_id","scenario","customer_id","occurrence");--> statement-breakpoint
CREATE INDEX "enrollments_due" ON "enrollments" USING btree ("due_at","shop_id") WHERE status = 'active' and due_at is not null;--> statement-breakpoint
CREATE INDEX "enrollments_customer" ON "enrollments" USING btree ("shop_id","customer_id");--> statement-breakpoint
CREATE INDEX "enrollments_checkout" ON "enrollments" USING btree ("shop_id",(subject->>'checkoutId')) WHERE subject ? 'checkoutId';--> statement-breakpoint
CREATE INDEX "inbound_events_open" ON "inbound_events" USING btree ("shop_id","received_at") WHERE processed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_once" ON "messages" USING btree ("shop_id","enrollment_id","step");--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("due_at","shop_id") WHERE status = 'planned' and due_at is not null;--> statement-breakpoint
CREATE INDEX "messages_open" ON "messages" USING btree ("shop_id","claimed_at") WHERE status in ('claimed','handed-over','unsettled');--> statement-breakpoint
CREATE INDEX "messages_customer" ON "messages" USING btree ("shop_id","customer_id","sent_at");--> statement-breakpoint
CREATE INDEX "messages_sent" ON "messages" USING btree ("shop_id","sent_at");--> statement-breakpoint
CREATE INDEX "order_lines_product" ON "order_lines" USING btree ("shop_id","product_id");--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("shop_id","customer_id","processed_at");--> statement-breakpoint
CREATE INDEX "orders_email" ON "orders" USING btree ("shop_id","email_key","processed_at");--> statement-breakpoint
CREATE INDEX "orders_checkout" ON "orders" USING btree ("shop_id","checkout_token");--> statement-breakpoint
CREATE INDEX "orders_processed" ON "orders" USING btree ("shop_id","processed_at");--> statement-breakpoint
CREATE INDEX "refunds_order" ON "refunds" USING btree ("shop_id","order_id");--> statement-breakpoint
CREATE INDEX "variants_product" ON "variants" USING btree ("shop_id","product_id");