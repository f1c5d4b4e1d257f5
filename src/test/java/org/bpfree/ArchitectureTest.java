package org.bpfree;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
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

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("org.bpfree.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule learners_do_not_know_each_other_but_for_the_reference = slices().matching(
                    "org.bpfree.learn.(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                            "org.bpfree.learn.backprop"));

    @ArchTest
    static final ArchRule layers_look_down_only = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("org.bpfree.cli..")
            .layer("sweep")
            .definedBy("org.bpfree.sweep..")
            .layer("config")
            .definedBy("org.bpfree.config..")
            .layer("report")
            .definedBy("org.bpfree.report..")
            .layer("measure")
            .definedBy("org.bpfree.measure..")
            .layer("train")
            .definedBy("org.bpfree.train..")
            .layer("learn")
            .definedBy("org.bpfree.learn..")
            .layer("graph")
            .definedBy("org.bpfree.graph..")
            .layer("data")
            .definedBy("org.bpfree.data..")
            .layer("tensor")
            .definedBy("org.bpfree.tensor..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sweep")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("cli", "sweep")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("measure")
            .mayOnlyBeAccessedByLayers("cli", "report", "sweep")
            .whereLayer("train")
            .mayOnlyBeAccessedByLayers("cli", "config", "measure", "report", "sweep")
            .whereLayer("learn")
            .mayOnlyBeAccessedByLayers("cli", "config", "measure", "train")
            .whereLayer("graph")
            .mayOnlyBeAccessedByLayers("cli", "config", "measure", "train", "learn")
            .whereLayer("data")
            .mayOnlyBeAccessedByLayers("cli", "config", "measure", "train");

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
    static final ArchRule only_the_command_line_ends_the_process = noClasses()
            .that()
            .resideOutsideOfPackage("org.bpfree.cli")
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
