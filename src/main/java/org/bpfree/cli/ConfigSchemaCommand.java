package org.bpfree.cli;

import java.util.concurrent.Callable;
import org.bpfree.binding.SchemaWriter;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.study.StudySettings;
import org.bpfree.sweep.SweepSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree config schema}: with it, editors complete and check experiment, sweep and study files. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of experiment, sweep or study files, for completion in editors.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree config schema > bpfree.schema.json",
            "  sed -i '1i # yaml-language-server: $schema=bpfree.schema.json' experiment.yaml",
            "  bpfree config schema --sweep > bpfree-sweep.schema.json",
            "  bpfree config schema --study > bpfree-study.schema.json"
        })
final class ConfigSchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Another kind of file than an experiment. */
    private static final class Other {
        @Option(names = "--sweep", description = "The schema of sweep files in place of that of experiments.")
        private boolean sweep;

        @Option(names = "--study", description = "The schema of study files in place of that of experiments.")
        private boolean study;
    }

    @ArgGroup(exclusive = true)
    private Other other = new Other();

    @Override
    public Integer call() {
        SettingsTypes types = InstalledTypes.find();
        String schema = other.sweep
                ? SchemaWriter.write(types, SweepSettings.class, "bpfree sweep")
                : other.study
                        ? SchemaWriter.write(types, StudySettings.class, "bpfree study")
                        : SchemaWriter.write(types, Experiment.class, "bpfree experiment");
        spec.commandLine().getOut().print(schema);
        return 0;
    }
}
