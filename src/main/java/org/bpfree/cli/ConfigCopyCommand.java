package org.bpfree.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.ShippedNames;
import org.bpfree.experiment.ShippedFiles;
import org.bpfree.experiment.ShippedFiles.ShippedFile;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree config copy}: a shipped file, to change. */
@Command(
        name = "copy",
        description =
                "Writes an experiment or sweep that comes with bpfree into a file of your own. A file that is there"
                        + " is never replaced.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree config copy quickstart.yaml", "  bpfree config copy ekdaa-cifar10.yaml -o mine.yaml"})
final class ConfigCopyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            arity = "1",
            completionCandidates = ShippedNames.class,
            description = "One of those that 'bpfree list configs' shows.")
    private Path name;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The file to write. Default: the same name in this folder.")
    private Path out;

    @Override
    public Integer call() {
        List<String> known = ShippedFiles.all().stream().map(ShippedFile::name).toList();
        ShippedFile file = ShippedFiles.find(name)
                .orElseThrow(() -> Failure.usage(
                        "no experiment or sweep named " + name + " comes with bpfree, expected one of "
                                + String.join(", ", known),
                        "'bpfree list configs' shows them with a line each."));
        Path target = out == null ? Path.of(file.fileName()) : out;
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.usage(target + ": exists and is not replaced", "Name another file with -o.");
        }
        AtomicFile.createFolder(target.toAbsolutePath().getParent());
        AtomicFile.write(target, file.text());
        spec.commandLine().getOut().println(target);
        return 0;
    }
}
