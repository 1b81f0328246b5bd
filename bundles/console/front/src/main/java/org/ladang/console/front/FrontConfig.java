package org.ladang.console.front;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set at the web's front door; all of its components share it. */
@ObjectClassDefinition(
    name = "Web front door",
    description = "Which requests are let in before anyone looks at what they ask for.")
@interface FrontConfig {
  /** The configuration's name. */
  String PID = "org.ladang.console.front";

  @AttributeDefinition(
      name = "Hosts",
      description =
          "The names by which this runtime may be called; any other Host header is refused. A name alone goes with the"
              + " port that is served, name:8443 with that port, name:* with any.")
  String[] hosts() default {"127.0.0.1", "localhost", "[::1]"};

  @AttributeDefinition(
      name = "Largest body",
      description = "The most bytes that the body of a request may have.")
  int max_body_bytes() default 1024 * 1024;

  @AttributeDefinition(
      name = "Largest upload",
      description =
          "The most bytes that a jar may have that is dropped over the web; two may come at once.")
  int max_upload_bytes() default 32 * 1024 * 1024;

  @AttributeDefinition(
      name = "Most requests",
      description =
          "The most requests that may be under way at once; further ones are told to come back.")
  int max_requests() default 512;

  @AttributeDefinition(
      name = "Longest request",
      description =
          "After this many seconds a request is answered with 504, whatever it waits for. Actions have shorter"
              + " deadlines of their own.")
  int max_seconds() default 900;
}
