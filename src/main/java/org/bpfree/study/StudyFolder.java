package org.bpfree.study;

import java.nio.file.Path;
import java.util.Optional;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.SweepFolder;

/**
 * The folder of a study, {@code runs/STUDY}: its runs as in every sweep, and the plan of each stage in {@code plans}.
 *
 * @param path the folder
 */
public record StudyFolder(Path path) {
    /** The folder of a study among all runs. */
    public static StudyFolder of(Path runs, Study study) {
        return new StudyFolder(runs.resolve(study.name()));
    }

    /** Where the plan of a stage lies. */
    public Path planFile(Stage stage) {
        return path.resolve("plans").resolve(stage.name() + ".jsonl");
    }

    /** The plan of a stage; nothing before it was made. */
    public Optional<Plan> plan(Stage stage) {
        return InputFile.isThere(planFile(stage)) ? Optional.of(Plan.read(planFile(stage))) : Optional.empty();
    }

    /**
     * The plan of a stage, written if it is new.
     *
     * @throws Failure if another one is there: plans are not changed
     */
    Plan keep(Stage stage, Plan plan) {
        AtomicFile.createFolder(planFile(stage).getParent());
        try {
            plan.write(planFile(stage));
        } catch (Failure other) {
            if (other.kind() != Failure.Kind.USAGE) {
                throw other;
            }
            throw Failure.causedBy(
                    other,
                    Failure.Kind.USAGE,
                    "the study has changed since its plan was made: " + other.getMessage(),
                    "Give the changed study another name, or move " + path
                            + " away. Claims may change at any time; arms, tuning and seeds may not.");
        }
        return plan;
    }

    /** The runs. */
    public SweepFolder runs() {
        return new SweepFolder(path);
    }
}
