package org.ladang.security.provider;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set in this room. */
@ObjectClassDefinition(
    name = "Security",
    description =
        "How passwords are kept, how long sessions live and how much of the audit trail is kept.")
@interface SecurityConfig {
  @AttributeDefinition(
      name = "Password iterations",
      description =
          "How often a password is hashed with PBKDF2; passwords are hashed anew when next used.",
      min = "100000",
      max = "10000000")
  int password_iterations() default 600_000;

  @AttributeDefinition(
      name = "Session idle minutes",
      description = "After how many minutes without use a session ends.",
      min = "1",
      max = "1440")
  int session_idle_minutes() default 30;

  @AttributeDefinition(
      name = "Session hours",
      description = "After how many hours a session ends in any case.",
      min = "1",
      max = "720")
  int session_hours() default 12;

  @AttributeDefinition(
      name = "Sessions",
      description = "How many sessions may be open at a time.",
      min = "1",
      max = "10000")
  int session_max() default 1_000;

  @AttributeDefinition(
      name = "Audit file megabytes",
      description = "At which size a file of the audit trail is full and the next one begins.",
      min = "1",
      max = "1024")
  int audit_file_megabytes() default 16;

  @AttributeDefinition(
      name = "Audit files",
      description = "How many full files of the audit trail are kept; the oldest is dropped first.",
      min = "1",
      max = "1000")
  int audit_files() default 16;

  @AttributeDefinition(
      name = "Refuse changes without audit",
      description = "Whether changes are refused while the audit trail cannot be written.")
  boolean audit_required() default true;
}
