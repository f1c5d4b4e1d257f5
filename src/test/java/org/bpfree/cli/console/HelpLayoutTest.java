package org.bpfree.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class HelpLayoutTest {
    private static List<CommandLine> commands() {
        List<CommandLine> commands = new ArrayList<>(List.of(Main.commandLine()));
        for (int i = 0; i < commands.size(); i++) {
            commands.addAll(commands.get(i).getSubcommands().values());
        }
        return commands;
    }

    private static String help(CommandLine command, int width, Ansi ansi) {
        command.setHelpFactory(new HelpLayout(() -> width));
        return command.getUsageMessage(ansi);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 54})
    void everyHelpTextFitsANarrowTerminalAndLosesNoWord(int width) {
        for (CommandLine command : commands()) {
            String name = command.getCommandSpec().qualifiedName();
            String wide = help(command, 110, Ansi.OFF);

            String narrow = help(command, width, Ansi.OFF);

            assertThat(narrow.lines()
                            .filter(line -> line.length() > width && words(line).size() > 1))
                    .as(name + " at " + width)
                    .isEmpty();
            // picocli breaks words that are longer than its column
            assertThat(narrow.replaceAll("\\s", "")).as(name).isEqualTo(wide.replaceAll("\\s", ""));
            assertThat(narrow).startsWith("Usage: bpfree");
            assertThat(help(command, width, Ansi.OFF)).as("asked twice").isEqualTo(narrow);
        }
    }

    @Test
    void codesOfColoursTakeNoColumns() {
        CommandLine command = Main.commandLine().getSubcommands().get("verify"); // has a mark of what is required
        command.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.ON));
        String plain = help(command, 40, Ansi.OFF);

        String coloured = help(command, 40, Ansi.ON);

        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void descriptionsStandBelowNamesAndBehindNumbers() {
        String wide = "Text that is a paragraph by itself, of two lines.\n"
                + "  -c, --config=FILE   The experiment file, or the name of one.\n"
                + "                      And more of it.\n\n"
                + "  70  a defect of bpfree that nobody has seen before\n"
                + "  bpfree train --config some.yaml --set a.b=c\n";

        assertThat(HelpLayout.fitted(wide, 40).replace("\r", "")).isEqualTo("""
                Text that is a paragraph by itself, of
                two lines.
                  -c, --config=FILE
                      The experiment file, or the name
                      of one.
                      And more of it.

                  70    a defect of bpfree that nobody
                        has seen before
                  bpfree train --config some.yaml --set
                    a.b=c
                """);
    }
}
