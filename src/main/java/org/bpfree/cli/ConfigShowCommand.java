package org.bpfree.cli;

import java.util.concurrent.Callable;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.LoadedExperiment;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.files.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree config show}: an experiment with every default filled in. */
@Command(
        name = "show",
        description = "Prints an experiment with all defaults filled in, and where each value comes from.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree config show configs/quickstart.yaml",
            "  bpfree config show --plain --config configs/quickstart.yaml --set seed=7 > resolved.yaml",
            "  bpfree config show --layers --json configs/family-resnet-18.yaml"
        })
final class ConfigShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigFileOptions experiment;

    @Option(names = "--plain", description = "Leave out the comments that say where values come from.")
    private boolean plain;

    @Option(names = "--json", description = "As JSON, without comments; for other programs.")
    private boolean json;

    @Option(names = "--layers", description = "List the layers of an architecture one by one; without comments.")
    private boolean layers;

    @Override
    public Integer call() {
        LoadedExperiment loaded = experiment.load();
        if (json || layers) {
            Experiment shown = layers ? loaded.experiment().withLayersListed() : loaded.experiment();
            spec.commandLine()
                    .getOut()
                    .print(json ? Json.line(ResolvedYaml.asData(shown)) + "\n" : ResolvedYaml.print(shown));
            return 0;
        }
        String yaml = plain ? ResolvedYaml.print(loaded.experiment()) : ResolvedYaml.printWithOrigins(loaded);
        spec.commandLine().getOut().print(yaml);
        return 0;
    }
}
