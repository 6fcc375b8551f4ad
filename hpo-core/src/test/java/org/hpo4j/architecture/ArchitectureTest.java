package org.hpo4j.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The order of the packages, and how much of each is public. */
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.hpo4j");

  @Test
  void aPackageUsesOnlyThoseToItsLeft() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.hpo4j..")
        .layer("math")
        .definedBy("org.hpo4j.math..")
        .layer("json")
        .definedBy("org.hpo4j.json..")
        .layer("space")
        .definedBy("org.hpo4j.space..")
        .layer("trial")
        .definedBy("org.hpo4j.trial..")
        .layer("fidelity")
        .definedBy("org.hpo4j.fidelity..")
        .layer("sampler")
        .definedBy("org.hpo4j.sampler..")
        .layer("pruner")
        .definedBy("org.hpo4j.pruner..")
        .layer("storage")
        .definedBy("org.hpo4j.storage..")
        .layer("study")
        .definedBy("org.hpo4j.study..")
        .layer("fork")
        .definedBy("org.hpo4j.fork..")
        .whereLayer("math")
        .mayNotAccessAnyLayer()
        .whereLayer("json")
        .mayNotAccessAnyLayer()
        .whereLayer("space")
        .mayOnlyAccessLayers("math", "json")
        .whereLayer("trial")
        .mayOnlyAccessLayers("math", "json", "space")
        .whereLayer("fidelity")
        .mayOnlyAccessLayers("math", "json", "space", "trial")
        .whereLayer("sampler")
        .mayOnlyAccessLayers("math", "json", "space", "trial", "fidelity")
        .whereLayer("pruner")
        .mayOnlyAccessLayers("math", "json", "space", "trial", "fidelity")
        .whereLayer("storage")
        .mayOnlyAccessLayers("math", "json", "space", "trial")
        .whereLayer("fork")
        .mayNotBeAccessedByAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.hpo4j.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyJsonAndStorageKnowTheJsonLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.hpo4j.json..", "org.hpo4j.storage..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(MAIN);
  }

  @Test
  void logsGoThroughTheSystemLogger() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.logging..")
        .check(MAIN);
  }

  @Test
  void nothingIsPrintedToTheStandardOutput() {
    noClasses().should().accessFieldWhere(isField("out")).check(MAIN);
  }

  @Test
  void onlyTheProgressLineAndTheLastWordsOfAProcessGoToTheStandardError() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.hpo4j.study.ProgressLine")
        .and()
        .doNotHaveFullyQualifiedName("org.hpo4j.study.ShutdownHook")
        .should()
        .accessFieldWhere(isField("err"))
        .check(MAIN);
  }

  private static DescribedPredicate<JavaFieldAccess> isField(String name) {
    return DescribedPredicate.describe(
        "System." + name,
        access ->
            access.getTargetOwner().isEquivalentTo(System.class)
                && access.getTarget().getName().equals(name));
  }

  @Test
  void publicClassesAreFinalOrSealedUnlessTheyAreExceptions() {
    classes()
        .that()
        .arePublic()
        .and(DescribedPredicate.describe("are not sealed", type -> !type.reflect().isSealed()))
        .and()
        .areNotInterfaces()
        .and()
        .areNotAssignableTo(Throwable.class)
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MAIN);
  }

  /**
   * A new public type is a promise for years: it is made by adding it to the list. Those of math,
   * json and storage.optuna are for the library's own packages and modules, and no promise.
   */
  @Test
  void publicTypesAreThoseOfTheListOnly() throws IOException {
    assertThat(publicTypes()).containsExactlyElementsOf(listedTypes());
  }

  private static List<String> publicTypes() {
    return MAIN.stream()
        .filter(
            type -> !type.getPackageName().matches("org\\.hpo4j\\.(math|json|storage\\.optuna)"))
        .filter(ArchitectureTest::isVisible)
        .map(type -> type.getName().replace("org.hpo4j.", "").replace('$', '.'))
        .sorted()
        .toList();
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static List<String> listedTypes() throws IOException {
    try (InputStream in = ArchitectureTest.class.getResourceAsStream("public-types.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().toList();
    }
  }
}
