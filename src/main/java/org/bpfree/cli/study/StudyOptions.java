package org.bpfree.cli.study;

import java.nio.file.Path;
import java.util.List;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.ShippedNames;
import org.bpfree.run.RunFolder;
import org.bpfree.study.Archive;
import org.bpfree.study.Progress;
import org.bpfree.study.Study;
import org.bpfree.study.StudyFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that works on a study. */
final class StudyOptions {
    @Parameters(
            paramLabel = "FILE",
            arity = "1",
            completionCandidates = ShippedNames.class,
            description = "The study file, or the name of a shipped one (bpfree list configs).")
    private Path file;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "The folder above the study's own, in which run folders lie. Default: runs.")
    private Path runs = RunFolder.ROOT;

    @Option(names = "--archive", paramLabel = "FILE", description = "An archive whose cells count as done; repeatable.")
    private List<Path> archives = List.of();

    /** Reads the study. */
    Study read(CommandSpec spec) {
        return Study.read(file, Notes.of(spec)::note);
    }

    /** As it was given. */
    Path file() {
        return file;
    }

    /** Where the runs of all studies and sweeps lie. */
    Path runs() {
        return runs;
    }

    /** The study's own folder. */
    StudyFolder folder(Study study) {
        return StudyFolder.of(runs, study);
    }

    /** How far the study has come. */
    Progress progress(Study study) {
        return new Progress(
                study, folder(study), archives.stream().map(Archive::read).toList());
    }

    /** As {@link #progress}, of a study that has a plan; cells of the archives have become runs. */
    Progress planned(Study study) {
        Progress progress = progress(study);
        progress.requirePlan("Make it with: bpfree study plan " + file + ", or name an archive with --archive.");
        return progress;
    }
}
