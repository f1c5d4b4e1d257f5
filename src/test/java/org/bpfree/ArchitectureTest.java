package org.bpfree;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Pass;
import org.bpfree.learn.Learner;
import org.bpfree.measure.oracle.PublishedStep;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Pooling;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/** The structure that .github/ARCHITECTURE.md describes. */
@AnalyzeClasses(packages = "org.bpfree", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule only_the_tensor_core_knows_nd4j = noClasses()
            .that()
            .resideOutsideOfPackage("org.bpfree.tensor")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    /** From the roof down; each may use what comes after it. */
    private static final List<String> FLOORS = List.of(
            "cli",
            "report",
            "study",
            "sweep",
            "run",
            "experiment",
            "measure",
            "train",
            "learn",
            "model",
            "graph",
            "optimizer",
            "data",
            "binding",
            "tensor",
            "natives",
            "files",
            "random",
            "statistics",
            "settings",
            "failure");

    @ArchTest
    static final ArchRule packages_and_their_parts_have_no_cycles =
            slices().matching("org.bpfree.(**)").should().beFreeOfCycles();

    @ArchTest
    static void floors_look_down_only(JavaClasses classes) {
        for (int floor = 1; floor < FLOORS.size(); floor++) {
            String[] above = FLOORS.subList(0, floor).stream()
                    .map(each -> "org.bpfree." + each + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("org.bpfree." + FLOORS.get(floor) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(classes);
        }
    }

    @ArchTest
    static void every_package_has_a_floor(JavaClasses classes) {
        assertThat(classes.stream()
                        .map(each -> each.getPackageName().split("\\.")[2])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(FLOORS);
    }

    @ArchTest
    static final ArchRule learners_do_not_know_each_other_but_for_the_reference = slices().matching(
                    "org.bpfree.learn.(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                            "org.bpfree.learn.backprop"));

    /** A recomputation that ran a kernel, a loss or a learner of the program would agree with its faults. */
    @ArchTest
    static final ArchRule the_oracle_shares_nothing_with_what_it_verifies = noClasses()
            .that()
            .resideInAPackage("org.bpfree.measure.oracle")
            .and()
            .areNotAssignableTo(PublishedStep.class) // which copies what is published
            .should()
            .dependOnClassesThat(resideInAPackage("org.bpfree.tensor")
                    .and(not(belongToAnyOf(
                            Shape.class,
                            Window.class,
                            Pooling.Reduction.class,
                            ActivationFunction.class,
                            Arena.class, // asked for its precision
                            Precision.class))))
            .orShould()
            .dependOnClassesThat(belongToAnyOf(Loss.class, Pass.class, Learner.class));

    @ArchTest
    static final ArchRule whole_files_have_one_writer = noClasses()
            .that()
            .resideOutsideOfPackage("org.bpfree.files")
            .and()
            .doNotHaveSimpleName("FolderLock") // a lock is written again in place
            .and()
            .doNotHaveSimpleName("EventFile") // a log is appended to
            .and()
            .resideOutsideOfPackage("org.bpfree.natives") // a cache and files of the build, which nobody names
            .should()
            .callMethod(java.nio.file.Files.class, "write", Path.class, byte[].class, OpenOption[].class)
            .orShould()
            .callMethod(java.nio.file.Files.class, "writeString", Path.class, CharSequence.class, OpenOption[].class)
            .orShould()
            .callMethod(java.nio.file.Files.class, "createDirectories", Path.class, FileAttribute[].class)
            .because("AtomicFile follows links, keeps modes and leaves devices alone");

    @ArchTest
    static final ArchRule only_the_command_line_ends_the_process = noClasses()
            .that()
            .resideOutsideOfPackage("org.bpfree.cli..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule nothing_depends_on_the_locale_or_encoding_of_the_machine =
            LocaleRule.of(noClasses(), "org.bpfree..");
}
