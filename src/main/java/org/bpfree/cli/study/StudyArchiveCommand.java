package org.bpfree.cli.study;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.study.Archive;
import org.bpfree.study.Stage;
import org.bpfree.study.Study;
import org.bpfree.study.StudyFolder;
import org.bpfree.sweep.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree study archive}: the finished cells of a study in one file. */
@Command(
        name = "archive",
        description =
                "Keeps the finished cells of a study in one file, a line each: configuration, result, metrics of each epoch, where"
                        + " it comes from. Cells that the file holds already stay as they are. Whoever has it can check the claims, run a cell"
                        + " again (bpfree reproduce), or go on with the study (--archive).",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree study archive configs/studies/smoke-study.yaml -o smoke.jsonl"})
final class StudyArchiveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "The archive; cells are added to one that is there.")
    private Path out;

    @Override
    public Integer call() {
        Study study = options.read(spec);
        options.planned(study);
        StudyFolder folder = options.folder(study);
        Archive archive = InputFile.isThere(out) ? Archive.read(out) : Archive.empty();
        int added = 0;
        int open = 0;
        for (Stage stage : study.stages()) {
            Plan plan = folder.plan(stage).orElse(null);
            if (plan != null) {
                added += archive.add(stage, plan, folder);
                open += (int)
                        plan.cells().stream().filter(cell -> !archive.has(cell)).count();
            }
        }
        if (added > 0) {
            AtomicFile.createFolder(out.toAbsolutePath().getParent());
            archive.write(out);
        }
        spec.commandLine()
                .getOut()
                .println(out + ": " + archive.cells().size() + " cells, " + added + " of them new"
                        + (open == 0 ? "" : "; " + open + " planned cells are not finished"));
        return 0;
    }
}
