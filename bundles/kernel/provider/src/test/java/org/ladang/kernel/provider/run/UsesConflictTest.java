package org.ladang.kernel.provider.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the framework's resolver writes, word by word, and what people read. */
class UsesConflictTest {
  private static final String TWO_CHAINS =
      """
      Uses constraint violation. Unable to resolve resource well [well [5](R 5.0)] because it is exposed to package 'com.soil' from resources soil.new [soil.new [2](R 2.0)] and soil.old [soil.old [1](R 1.0)] via two dependency chains.

      Chain 1:
        well [well [5](R 5.0)]
          import: (&(osgi.wiring.package=com.soil)(version>=2.0.0)(!(version>=3.0.0)))
           |
          export: osgi.wiring.package: com.soil
        soil.new [soil.new [2](R 2.0)]

      Chain 2:
        well [well [5](R 5.0)]
          import: (osgi.wiring.package=com.pipe)
           |
          export: osgi.wiring.package=com.pipe; uses:=com.pump
        pipe [pipe [4](R 4.0)]
          import: (osgi.wiring.package=com.pump)
           |
          export: osgi.wiring.package=com.pump; uses:=com.soil
        pump [pump [3](R 3.0)]
          import: (&(osgi.wiring.package=com.soil)(version>=1.0.0)(!(version>=2.0.0)))
           |
          export: osgi.wiring.package: com.soil
        soil.old [soil.old [1](R 1.0)] Unresolved requirements: [[well [5](R 5.0)] osgi.wiring.package; (osgi.wiring.package=com.pipe)]""";

  private static final String OWN_AND_ONE_CHAIN =
      """
      Uses constraint violation. Unable to resolve resource well2 [well2 [6](R 6.0)] because it exports package 'com.soil' and is also exposed to it from resource soil.old [soil.old [1](R 1.0)] via the following dependency chain:

        well2 [well2 [6](R 6.0)]
          import: (osgi.wiring.package=com.pump)
           |
          export: osgi.wiring.package=com.pump; uses:=com.soil
        pump [pump [3](R 3.0)]
          import: (&(osgi.wiring.package=com.soil)(version>=1.0.0)(!(version>=2.0.0)))
           |
          export: osgi.wiring.package: com.soil
        soil.old [soil.old [1](R 1.0)] Unresolved requirements: [[well2 [6](R 6.0)] osgi.wiring.package; (osgi.wiring.package=com.pump)]""";

  private static Optional<String> words(String message) {
    return UsesConflict.words(message, (name, id) -> name + " " + id + ".0");
  }

  @Test
  void bothWaysToThePackageAreTold() {
    assertThat(words(TWO_CHAINS))
        .contains(
            "would see the package com.soil from two bundles: it imports com.soil from soil.new 2.0;"
                + " and it imports com.pipe from pipe 4.0, which imports com.pump from pump 3.0,"
                + " which imports com.soil from soil.old 1.0.");
  }

  @Test
  void aPackageOfItsOwnIsOneOfTheWays() {
    assertThat(words(OWN_AND_ONE_CHAIN))
        .contains(
            "would see the package com.soil from two bundles: it carries com.soil itself;"
                + " and it imports com.pump from pump 3.0, which imports com.soil from soil.old 1.0.");
  }

  @Test
  void aRequiredBundleIsNamedAsSuch() {
    String required =
        TWO_CHAINS.replace(
            "    import: (osgi.wiring.package=com.pipe)", "    require: (osgi.wiring.bundle=pipe)");
    assertThat(words(required).orElseThrow())
        .contains("and it requires the bundle pipe 4.0, which");
  }

  @Test
  void anythingElseIsNoConflict() {
    assertThat(words("missing requirement [a [1](R 1.0)] osgi.wiring.package; (x=y)")).isEmpty();
    assertThat(words("Uses constraint violation. In words that nobody knows.")).isEmpty();
  }
}
