package org.bpfree.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Help texts that fit the terminal. picocli lays out nothing narrower than 55 columns; for less it writes lines of any length, and they are
 * broken here: a description stands below what it describes.
 */
public final class HelpLayout implements IHelpFactory {
    private static final int WIDEST = 110;
    private static final int NARROWEST = 55;
    private static final int WITHOUT_END = 10_000;
    private static final int HANGING = 8;
    private static final String INDENT = "      ";
    private static final String COLOURED_BLANKS = // the place of the mark of what is required
            "\u001b\\[(?!0m|2[0-9]m|39m)[0-9;]+m( +)\u001b\\[(?:39|2[0-9])m\u001b\\[0m";
    private static final Pattern TWO_COLUMNS = Pattern.compile("( *\\S.*?) {2,}(\\S.*)");

    private final IntSupplier columns;

    /**
     * A layout.
     *
     * @param columns of the terminal; asked when help is printed, since asking takes a process
     */
    public HelpLayout(IntSupplier columns) {
        this.columns = columns;
    }

    @Override
    public Help create(CommandSpec command, Help.ColorScheme colours) {
        int width = Math.min(WIDEST, columns.getAsInt());
        UsageMessageSpec usage = command.usageMessage();
        usage.width(width < NARROWEST ? WITHOUT_END : width);
        if (width < NARROWEST) {
            usage.sectionMap().replaceAll((key, section) -> narrow(key, section, width));
        }
        return new Help(command, colours);
    }

    /** A section in short lines. */
    private record Narrow(IHelpSectionRenderer section, int taken, int width) implements IHelpSectionRenderer {
        @Override
        public String render(Help help) {
            String before = "x".repeat(taken);
            String text = before + section.render(help).replaceAll(COLOURED_BLANKS, "$1");
            return fitted(text, width, taken == 0 ? "" : "  ").substring(taken);
        }
    }

    private static IHelpSectionRenderer narrow(String key, IHelpSectionRenderer section, int width) {
        if (key.endsWith("Heading") || section instanceof Narrow) {
            return section;
        }
        boolean behindHeading = key.equals(UsageMessageSpec.SECTION_KEY_SYNOPSIS);
        return new Narrow(section, behindHeading ? "Usage: ".length() : 0, width);
    }

    /** Text in lines of a width, broken at words; what stands in a second column goes below the first. */
    static String fitted(String text, int width) {
        return fitted(text, width, "");
    }

    private static String fitted(String text, int width, String hanging) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\\R", -1)) {
            Matcher columns = TWO_COLUMNS.matcher(line);
            int indent = line.length() - line.stripLeading().length();
            if (line.isBlank()) {
                lines.add("");
            } else if (columns.matches()) {
                describe(columns.group(1), columns.group(2), width, lines);
            } else if (indent > INDENT.length()) {
                lines.addAll(Paragraph.wrap(line, width, INDENT)); // a description below a long name
            } else {
                lines.addAll(Paragraph.hanging(
                        " ".repeat(indent), line, width, indent == 0 ? hanging : " ".repeat(indent + 2)));
            }
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static void describe(String name, String description, int width, List<String> lines) {
        String label = "  " + name.strip();
        if (Paragraph.columns(label) <= HANGING - 2) {
            String first = label + " ".repeat(HANGING - Paragraph.columns(label));
            lines.addAll(Paragraph.hanging(first, description, width, " ".repeat(HANGING)));
        } else {
            lines.addAll(Paragraph.hanging("  ", name, width, "    "));
            lines.addAll(Paragraph.wrap(description, width, INDENT));
        }
    }
}
