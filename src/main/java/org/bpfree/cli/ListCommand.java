package org.bpfree.cli;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpfree.binding.Setting;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.cli.console.Listing;
import org.bpfree.cli.console.MissingCommand;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.catalogue.DatasetCatalogue;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.experiment.ShippedFiles;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.model.ArchitectureSettings;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.settings.Doc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree list}: what may be named in an experiment file. */
@Command(
        name = "list",
        description =
                "Lists learners, models, datasets, optimizers, and the experiments, sweeps and studies that come with bpfree.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree list learners", "  bpfree list models --json"})
final class ListCommand implements Callable<Integer> {
    private static final String EXAMPLES = "%nExamples:%n";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw MissingCommand.of(spec);
    }

    @Command(
            name = "learners",
            description =
                    "Lists the learners on the class path: the values of learner.type. 'bpfree explain NAME' tells the rule and all"
                            + " settings of one.",
            mixinStandardHelpOptions = true,
            footerHeading = EXAMPLES,
            footer = {"  bpfree list learners", "  bpfree list learners --json"})
    int learners(@Option(names = "--json", description = "Print JSON.") boolean json) {
        SettingsTypes types = InstalledTypes.find();
        // A person reads names and summaries, and asks 'explain' for the rest; programs get all.
        Listing listing = json ? new Listing("name", "summary", "settings", "source") : new Listing("name", "summary");
        for (LearnerProvider<?> learner : ServiceLoader.load(LearnerProvider.class)) {
            Class<? extends Record> settings = learner.settings().asSubclass(Record.class);
            String name = SettingsTypes.typeName(settings);
            if (json) {
                listing.add(name, learner.summary(), settings(types.settings(settings)), learner.source());
            } else {
                listing.add(name, learner.summary());
            }
        }
        return print(listing, json);
    }

    @Command(
            name = "models",
            description = "Lists the ready networks: the values of model.architecture.type.",
            mixinStandardHelpOptions = true,
            footerHeading = EXAMPLES,
            footer = {"  bpfree list models", "  bpfree list models --json"})
    int models(@Option(names = "--json", description = "Print JSON.") boolean json) {
        return print(family(ArchitectureSettings.class), json);
    }

    @Command(
            name = "datasets",
            description = "Lists the datasets: the values of data.dataset. 'bpfree data list' tells which are here.",
            mixinStandardHelpOptions = true,
            footerHeading = EXAMPLES,
            footer = {"  bpfree list datasets", "  bpfree list datasets --json"})
    int datasets(@Option(names = "--json", description = "Print JSON.") boolean json) {
        Listing listing = new Listing("name", "title", "shape", "classes", "train", "test");
        for (DatasetSource source : DatasetCatalogue.all()) {
            DatasetDescription images = source.describe();
            listing.add(
                    source.name(),
                    images.title(),
                    images.shape().toString(),
                    images.classes(),
                    images.trainImages(),
                    images.testImages());
        }
        return print(listing, json);
    }

    @Command(
            name = "optimizers",
            description = "Lists the optimizers: the values of optimizer.type.",
            mixinStandardHelpOptions = true,
            footerHeading = EXAMPLES,
            footer = {"  bpfree list optimizers", "  bpfree list optimizers --json"})
    int optimizers(@Option(names = "--json", description = "Print JSON.") boolean json) {
        return print(family(OptimizerSettings.class), json);
    }

    @Command(
            name = "configs",
            description =
                    "Lists the experiments, sweeps and studies that come with bpfree. Their names may be given in place of"
                            + " files; 'bpfree config copy NAME' writes one out to change.",
            mixinStandardHelpOptions = true,
            footerHeading = EXAMPLES,
            footer = {"  bpfree list configs", "  bpfree train --config quickstart.yaml"})
    int configs(@Option(names = "--json", description = "Print JSON.") boolean json) {
        Listing listing = new Listing("name", "kind", "summary");
        for (ShippedFiles.ShippedFile file : ShippedFiles.all()) {
            listing.add(file.name(), ConfigKind.of(file.text()).toString(), file.summary());
        }
        return print(listing, json);
    }

    private static Listing family(Class<?> family) {
        SettingsTypes types = InstalledTypes.find();
        Listing listing = new Listing("name", "summary", "settings");
        for (Map.Entry<String, Class<? extends Record>> variant :
                types.variants(family).entrySet()) {
            Doc doc = variant.getValue().getAnnotation(Doc.class);
            listing.add(
                    variant.getKey(),
                    doc == null ? "" : doc.value(),
                    settings(types.settings(family, variant.getValue())));
        }
        return listing;
    }

    private static String settings(List<Setting> settings) {
        return settings.stream()
                .map(setting -> setting.name()
                        + setting.defaultText()
                                .map(text -> text.equals("null") ? "" : "=" + text)
                                .orElse(" (required)"))
                .collect(Collectors.joining(", "));
    }

    private int print(Listing listing, boolean json) {
        listing.print(spec.commandLine().getOut(), json);
        return 0;
    }
}
