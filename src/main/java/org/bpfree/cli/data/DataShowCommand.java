package org.bpfree.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bpfree.binding.SettingsLoader;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.ReadingProgress;
import org.bpfree.data.DataSettings;
import org.bpfree.data.ImageSet;
import org.bpfree.data.Splits;
import org.bpfree.data.catalogue.DatasetCatalogue;
import org.bpfree.data.catalogue.DatasetLoader;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.UserPath;
import org.bpfree.report.DatasetPage;
import org.bpfree.run.BuildInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree data show}: a page about the images of a dataset. */
@Command(
        name = "show",
        description = {
            "Writes an HTML page about a dataset: its classes and how many images each has, mean and deviation of the channels,"
                    + " a sheet of images, pictures that cannot be read, and test images that are learned from, too.",
            "Reads all images; those of folders and tables are decoded, which training then need not do again."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree data show pictures -o pictures.html",
            "  bpfree data show '{folder: pictures, size: [64, 64], fit: pad}' -o pictures.html",
            "  bpfree data show cifar-10 -o cifar.html"
        })
final class DataShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DATASET",
            description = "A folder of pictures, a table (.csv), a NumPy file (.npz), the name of a dataset, or what an"
                    + " experiment has as data.dataset, such as {folder: pictures, size: [64, 64]}.")
    private String dataset;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "The HTML file.")
    private Path out;

    @Option(
            names = "--allow-unreadable",
            description =
                    "Leave out any number of pictures that cannot be read; otherwise more than one in a hundred is an"
                            + " error.")
    private boolean allowUnreadable;

    @Mixin
    private DataFolderOption dataFolder;

    /** Keeps what is told for the page, and shows it. */
    private final class Told extends ReadingProgress {
        private final List<String> warnings = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();

        Told() {
            super(spec);
        }

        @Override
        public void warn(String message) {
            warnings.add(message);
            super.warn(message);
        }

        @Override
        public void unreadable(String images, int all, List<String> pictures) {
            unreadable.addAll(pictures);
            super.warn(pictures.size() + " of " + all + " pictures (" + images + ") cannot be read and are left out");
        }
    }

    @Override
    public Integer call() {
        DataSettings settings = new SettingsLoader(InstalledTypes.find())
                .load(DataSettings.class, "DATASET", "dataset: " + block(), "a dataset")
                .settings();
        Told told = new Told();
        Splits splits = DatasetLoader.open(settings, dataFolder.resolve(), 1, told);
        ImageSet test = splits.readTest();
        DatasetPage page =
                new DatasetPage(settings.description(), splits.train(), test, told.warnings, told.unreadable);
        AtomicFile.write(out, page.html(BuildInfo.version() + ", commit " + BuildInfo.commit()));
        spec.commandLine().getOut().println("written to " + out);
        return 0;
    }

    /** What an experiment would have as its dataset. */
    private String block() {
        String more = allowUnreadable ? ", allowUnreadable: true" : "";
        if (DatasetCatalogue.names().contains(dataset)) {
            return dataset;
        }
        if (dataset.strip().startsWith("{")) {
            return allowUnreadable ? dataset.strip().replaceFirst("\\}$", more + "}") : dataset;
        }
        String quoted = "'" + dataset.replace("'", "''") + "'";
        String lower = dataset.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return "{csv: " + quoted + more + "}";
        }
        if (lower.endsWith(".npz")) {
            return "{npz: " + quoted + "}";
        }
        if (!Files.isDirectory(UserPath.of(dataset))) {
            throw Failure.usage(
                    "'" + dataset
                            + "' is neither a folder, a table (.csv), a NumPy file (.npz) nor the name of a dataset",
                    "Known datasets: " + String.join(", ", DatasetCatalogue.names()) + ".");
        }
        return "{folder: " + quoted + more + "}";
    }
}
