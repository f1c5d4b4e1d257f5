package org.bpfree.cli;

import java.util.concurrent.Callable;
import org.bpfree.config.SchemaWriter;
import org.bpfree.config.SettingsTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bpfree config schema}: with it, editors complete and check experiment files. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of experiment files, for completion in editors.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree config schema > bpfree.schema.json",
            "  sed -i '1i # yaml-language-server: $schema=bpfree.schema.json' experiment.yaml"
        })
final class ConfigSchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(SchemaWriter.write(SettingsTypes.installed()));
        return 0;
    }
}
