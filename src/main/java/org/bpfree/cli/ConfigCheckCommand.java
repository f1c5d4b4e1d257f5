package org.bpfree.cli;

import java.util.concurrent.Callable;
import org.bpfree.config.LoadedExperiment;
import org.bpfree.config.ModelCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bpfree config check}: everything that is wrong with an experiment file. */
@Command(
        name = "check",
        description = "Checks an experiment file and reports all problems with their places.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree config check configs/quickstart.yaml",
            "  bpfree config check --config configs/quickstart.yaml --set 'learner={type: backprop}'"
        })
final class ConfigCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigFileOptions experiment;

    @Override
    public Integer call() {
        LoadedExperiment loaded = experiment.load();
        spec.commandLine().getOut().println(loaded.fileName() + ": ok");
        ModelCheck.warnings(loaded.experiment())
                .forEach(warning -> spec.commandLine().getOut().println("warning: " + warning));
        return 0;
    }
}
