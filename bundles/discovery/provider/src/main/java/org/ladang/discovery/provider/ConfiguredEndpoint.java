package org.ladang.discovery.provider;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ladang.discovery.Check;
import org.ladang.discovery.EndpointSource;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Kind;
import org.ladang.discovery.Offer;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * An endpoint from a configuration; one of this for each. Where there is no configuration at all there is one that offers
 * nothing: a component that waited for one would keep the room from serving.
 */
@Component(
    service = EndpointSource.class,
    property = ConfiguredEndpoint.MARK + "=true",
    configurationPid = "org.ladang.discovery.endpoint",
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = ConfiguredEndpoint.Config.class, factory = true)
public final class ConfiguredEndpoint implements EndpointSource {
  /** The property by which those from a configuration are told from others. */
  static final String MARK = "discovery.configured";

  /** What can be configured. */
  @ObjectClassDefinition(
      name = "Endpoint",
      description = "Something outside that is called over HTTP, or a database that is asked.")
  public @interface Config {
    /** What it offers. */
    @AttributeDefinition(
        name = "Type",
        description = "What it offers; endpoints of the same type stand in for each other.")
    String type();

    /** Its name. */
    @AttributeDefinition(name = "Id", description = "Its name, of its own within the type.")
    String id();

    /** Where it is. */
    @AttributeDefinition(name = "URL", description = "Where it is: http://…, https://… or jdbc:…")
    String url();

    /** Its version. */
    @AttributeDefinition(name = "Version", description = "Of what it offers, for example 1.2.0.")
    String version() default "1.0.0";

    /** Its zone. */
    @AttributeDefinition(
        name = "Zone",
        description = "Where it stands, from the large to the small: id/jakarta/rack-7.",
        required = false)
    String zone() default "";

    /** Its weight. */
    @AttributeDefinition(
        name = "Weight",
        description = "How much it takes beside the others, above 0 and up to 1000.")
    double weight() default 1;

    /** Its tags. */
    @AttributeDefinition(
        name = "Tags",
        description = "Words by which it can be selected.",
        required = false)
    String[] tags() default {};

    /** Its check. */
    @AttributeDefinition(
        name = "Check",
        description =
            "A path that must answer below 400, or a query. Empty: any answer to GET /, or SELECT 1.",
        required = false)
    String check() default "";

    /** Its interval. */
    @AttributeDefinition(
        name = "Milliseconds between checks",
        description = "From the end of one to the next; 0 switches checks off.",
        min = "0",
        max = "3600000")
    int check_interval() default 500;

    /** Its timeout. */
    @AttributeDefinition(
        name = "Milliseconds for a check",
        description = "After which it has failed.",
        min = "10",
        max = "60000")
    int check_timeout() default 1000;

    /** Failures. */
    @AttributeDefinition(
        name = "Failed checks until it is down",
        description = "In a row. A port that refuses needs no second one.",
        min = "1",
        max = "100")
    int check_failures() default 2;

    /** Successes. */
    @AttributeDefinition(
        name = "Good checks until it is up",
        description = "In a row.",
        min = "1",
        max = "100")
    int check_successes() default 1;

    /** User. */
    @AttributeDefinition(
        name = "User",
        description = "For a database, or for HTTP Basic.",
        required = false)
    String user() default "";

    /** Password. */
    @AttributeDefinition(
        name = "Password",
        description = "Of that user.",
        type = AttributeType.PASSWORD,
        required = false)
    String password() default "";
  }

  private final List<Offer> offers;

  /** Made by DS. */
  @Activate
  public ConfiguredEndpoint(@Reference Events events, Config config) {
    offers = config.type() == null ? List.of() : read(events, config);
  }

  private static List<Offer> read(Events events, Config config) {
    try {
      return List.of(offer(config));
    } catch (LadangException e) {
      events.warning(
          "discovery.refused",
          String.valueOf(config.type()),
          "An endpoint is refused: " + e.line());
      return List.of();
    }
  }

  private static Offer offer(Config config) {
    Map<String, String> access = new HashMap<>();
    if (!config.user().isEmpty()) {
      access.put("user", config.user());
      access.put("password", config.password());
    }
    Instance instance =
        new Instance(
            given(config.type()),
            given(config.id()),
            config.url() != null && config.url().startsWith("jdbc:") ? Kind.DATABASE : Kind.HTTP,
            given(config.url()),
            config.version(),
            config.zone(),
            config.weight(),
            Set.of(config.tags()),
            "");
    Check check =
        new Check(
            Duration.ofMillis(config.check_interval()),
            Duration.ofMillis(config.check_timeout()),
            config.check(),
            config.check_failures(),
            config.check_successes());
    return new Offer(instance, check, Duration.ZERO, access);
  }

  private static String given(String text) {
    return text == null ? "" : text;
  }

  @Override
  public List<Offer> offers() {
    return offers;
  }
}
