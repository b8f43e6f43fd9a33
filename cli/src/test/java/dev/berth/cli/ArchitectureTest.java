package dev.berth.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the classes to ARCHITECTURE.md and docs/style.md. */
final class ArchitectureTest {
  private static final String OURS = "dev.berth.";
  private static final ModuleTable TABLE = ModuleTable.inThePaper();
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.berth");

  /** What libraries may use of what is not ours: the JDK, and the annotations on nullness. */
  private static final String[] ALLOWED =
      new String[] {
        "java..", "javax.crypto..", "javax.net..", "jdk.net..", "javax.security..", "org.jspecify.."
      };

  @Test
  void paperAndPomsAgreeOnTheModulesTheirOrderAndTheirNeeds() {
    assertThat(TABLE.needs()).containsExactlyEntriesOf(ModuleTable.inThePoms().needs());
  }

  @Test
  void moduleNeedsOnlyModulesAboveIt() {
    List<String> above = new ArrayList<>();
    TABLE
        .needs()
        .forEach((module, needs) -> {
          assertThat(above).as("above %s", module).containsAll(needs);
          above.add(module);
        });
    assertThat(above).hasSizeGreaterThan(10);
  }

  static List<String> modulesInSight() {
    return TABLE.needs().keySet().stream()
        .filter(module -> CLASSES.stream().anyMatch(type -> moduleOf(type).equals(module)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("modulesInSight")
  void classesUseOnlyTheModulesOfTheTable(String module) {
    noClasses()
        .that()
        .resideInAPackage(OURS + module + "..")
        .should()
        .dependOnClassesThat(areOursBut(TABLE.visibleFrom(module).stream().toList()))
        .check(CLASSES);
  }

  @Test
  void everyLibraryIsInSightAndHasOnePackage() {
    assertThat(modulesInSight()).containsAll(TABLE.libraries());
    for (String library : TABLE.libraries()) {
      assertThat(CLASSES.stream().filter(type -> moduleOf(type).equals(library)))
          .extracting(JavaClass::getPackageName)
          .containsOnly(OURS + library);
    }
  }

  @Test
  void testKitKnowsNoneOfUs() {
    noClasses()
        .that()
        .resideInAPackage(OURS + "testkit..")
        .should()
        .dependOnClassesThat(areOursBut(List.of("testkit")))
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    SlicesRuleDefinition.slices().matching(OURS + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void librariesNeedTheJdkAlone() {
    noClasses()
        .that(areOfALibrary())
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideOutsideOfPackages(ALLOWED)
                .and(areOursBut(List.of()).negate()))
        .check(CLASSES);
  }

  @Test
  void librariesLogThroughTheSystemLoggerAndPrintNothing() {
    noClasses()
        .that(areOfALibrary())
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(CLASSES);
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CLASSES.that(areOfALibrary()));
  }

  /** On 21 a virtual thread that waits in one holds its carrier. Blocks: see the build module. */
  @Test
  void librariesHaveNoSynchronizedMethods() {
    noMethods()
        .that()
        .areDeclaredInClassesThat(areOfALibrary())
        .should()
        .haveModifier(JavaModifier.SYNCHRONIZED)
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> areOfALibrary() {
    List<String> libraries = TABLE.libraries();
    return DescribedPredicate.describe(
        "are of a library", type -> libraries.contains(moduleOf(type)));
  }

  private static DescribedPredicate<JavaClass> areOursBut(List<String> modules) {
    return DescribedPredicate.describe(
        "are ours, but not of " + modules,
        type -> type.getPackageName().startsWith(OURS) && !modules.contains(moduleOf(type)));
  }

  /** The part of the package behind {@code dev.berth}; empty for what is not ours. */
  private static String moduleOf(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(OURS) ? name.substring(OURS.length()).split("\\.")[0] : "";
  }
}
