package org.bpfree.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfree.data.ImageShape;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.run.RunFolder;
import org.bpfree.run.RunRecord;
import picocli.CommandLine.Option;

/** The option {@code --compare} of commands that put trained networks beside each other, on the same images. */
final class CompareOption {
    @Option(
            names = "--compare",
            paramLabel = "RUN",
            arity = "1..*",
            description = "More runs on the same dataset, beside the first; several. They are named by the settings in"
                    + " which they differ.")
    private List<String> others = List.of();

    /** Whether there is anything beside the first run. */
    boolean isGiven() {
        return !others.isEmpty();
    }

    /**
     * The first run and the others.
     *
     * @throws Failure if one of them is not a run folder
     */
    List<RunFolder> withOthers(RunFolder first) {
        List<RunFolder> all = new ArrayList<>(List.of(first));
        others.forEach(other -> all.add(RunFolder.find(other, RunFolder.ROOT)));
        return all;
    }

    /** Names of runs and groups of them are made of these. */
    static List<Map<String, String>> settings(List<RunFolder> folders) {
        return folders.stream().map(RunRecord::settings).toList();
    }

    /**
     * Requires that two runs see the same images.
     *
     * @param role what the other run is, such as {@code the run}
     */
    static void requireSameImages(
            RunFolder folder, Experiment experiment, String role, RunFolder otherFolder, Experiment other) {
        if (!other.data()
                        .description()
                        .shape()
                        .equals(experiment.data().description().shape())
                || !other.data().dataset().equals(experiment.data().dataset())) {
            throw Failure.usage(
                    role + " " + otherFolder.path() + " was trained on other images than " + folder.path() + ": "
                            + imagesOf(other) + ", not " + imagesOf(experiment),
                    "Name a run on the same dataset as " + folder.path() + ".");
        }
    }

    private static String imagesOf(Experiment experiment) {
        ImageShape shape = experiment.data().description().shape();
        return experiment.data().dataset().name() + " (" + shape.height() + "x" + shape.width() + "x" + shape.channels()
                + ")";
    }
}
