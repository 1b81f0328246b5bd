package org.ladang.kernel.provider.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.Clock;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class ResidentsTest {
  private static final int MANY = 50;
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  private final AtomicInteger asked = new AtomicInteger();
  private final List<ComponentDescriptionDTO> descriptions = new ArrayList<>();
  private final List<Long> failing = new ArrayList<>();
  private Runnable whileAsked = () -> {};
  private Residents residents;

  @BeforeEach
  void runMany() {
    Components components = new Components(this::runtime);
    Prover prover =
        new Prover(
            null,
            new ServiceBroker(null, null, null, null, null, null),
            components,
            null,
            Duration.ofSeconds(1));
    residents = new Residents(components, prover, CLOCK);
    for (int i = 0; i < MANY; i++) {
      occupy("plugin-" + i, i, Condition.ACTIVE);
    }
  }

  @Test
  void howeverManyRunDeclarativeServicesAreAskedOnceWhichComponentsThereAre() {
    assertThat(residents.statuses())
        .hasSize(MANY)
        .allMatch(status -> status.state() == Condition.ACTIVE);
    assertThat(asked).hasValue(1);
  }

  @Test
  void whereNoneRunsNobodyIsAsked() {
    Residents none = new Residents(null, null, CLOCK);
    none.at("org.example.lazy")
        .become(entry("lazy"), null, Condition.READY_LAZY, CLOCK.now(), "", "");
    assertThat(none.statuses())
        .extracting(BundleStatus::state)
        .containsExactly(Condition.READY_LAZY);
  }

  @Test
  void whoseComponentFailsIsStillFoundAmongThem() {
    failing.add(7L);
    assertThat(residents.statuses())
        .filteredOn(status -> status.state() != Condition.ACTIVE)
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.entry().name()).isEqualTo("plugin-7");
              assertThat(status.code()).isEqualTo("LADANG-SWAP-012");
            });
  }

  /** Of it nothing was said when all were asked, which must not be taken for good news. */
  @Test
  void whoComesWhileTheyAreAskedIsLookedAtByItself() {
    failing.add((long) MANY);
    whileAsked = () -> occupy("late", MANY, Condition.ACTIVE);
    residents.statuses();
    assertThat(residents.statuses())
        .filteredOn(status -> status.entry().name().equals("late"))
        .singleElement()
        .satisfies(status -> assertThat(status.code()).isEqualTo("LADANG-SWAP-012"));
  }

  private void occupy(String name, long id, Condition condition) {
    BundleEntry entry = entry(name);
    Resident place = residents.at(entry.symbolicName());
    place.occupy(new Resident.Occupant(entry, Installer.unread(entry), bundle(name, id), null));
    place.become(entry, Installer.unread(entry), condition, CLOCK.now(), "", "");
    ComponentDescriptionDTO description = new ComponentDescriptionDTO();
    description.name = "Greeter";
    description.bundle = new BundleDTO();
    description.bundle.id = id;
    description.scope = "singleton";
    description.implementationClass = "org.example.Greeter";
    description.serviceInterfaces = new String[0];
    descriptions.add(description);
  }

  private static BundleEntry entry(String name) {
    return new BundleEntry("org.example." + name, name, Kind.PLUGIN, "1.0.0", "", false, "x.jar");
  }

  private ServiceComponentRuntime runtime() {
    return answering(
        ServiceComponentRuntime.class,
        (method, arguments) ->
            switch (method) {
              case "getComponentDescriptionDTOs" -> {
                asked.incrementAndGet();
                Bundle[] about = (Bundle[]) arguments[0];
                List<ComponentDescriptionDTO> now =
                    descriptions.stream()
                        .filter(d -> about.length == 0 || about[0].getBundleId() == d.bundle.id)
                        .toList();
                Runnable meanwhile = whileAsked;
                whileAsked = () -> {};
                meanwhile.run();
                yield now;
              }
              case "isComponentEnabled" -> true;
              case "getComponentConfigurationDTOs" ->
                  List.of(configuration((ComponentDescriptionDTO) arguments[0]));
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private ComponentConfigurationDTO configuration(ComponentDescriptionDTO description) {
    ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
    boolean fails = failing.contains(description.bundle.id);
    configuration.state =
        fails ? ComponentConfigurationDTO.FAILED_ACTIVATION : ComponentConfigurationDTO.ACTIVE;
    configuration.failure = fails ? "java.lang.IllegalStateException: dry" : null;
    return configuration;
  }

  private static Bundle bundle(String name, long id) {
    return answering(
        Bundle.class,
        (method, arguments) ->
            switch (method) {
              case "getBundleId" -> id;
              case "getState" -> Bundle.ACTIVE;
              case "getSymbolicName" -> "org.example." + name;
              case "getVersion" -> Version.valueOf("1.0.0");
              case "hashCode" -> (int) id;
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T answering(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            ResidentsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }
}
