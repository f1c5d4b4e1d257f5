package org.bpfree.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A form of a table of text; the names are those of the option {@code --format}. */
public enum TableFormat {
    /** Pipe tables, as forges show them. */
    markdown {
        @Override
        public String print(List<String> head, List<List<String>> rows) {
            StringBuilder out = new StringBuilder();
            List<List<String>> lines = new ArrayList<>();
            lines.add(head);
            lines.add(head.stream().map(each -> "---").toList());
            lines.addAll(rows);
            lines.forEach(line -> out.append("| ")
                    .append(line.stream()
                            .map(cell -> cell.replace("|", "\\|").replace('\n', ' '))
                            .collect(Collectors.joining(" | ")))
                    .append(" |\n"));
            return out.toString();
        }
    },
    /** A {@code tabular} with the rules of the package booktabs. */
    latex {
        @Override
        public String print(List<String> head, List<List<String>> rows) {
            StringBuilder out = new StringBuilder("% \\usepackage{booktabs}\n\\begin{tabular}{");
            for (int column = 0; column < head.size(); column++) {
                int at = column;
                out.append(alignment(rows.stream().map(row -> row.get(at)).toList()));
            }
            out.append("}\n\\toprule\n").append(latexLine(head)).append("\\midrule\n");
            rows.forEach(row -> out.append(latexLine(row)));
            return out.append("\\bottomrule\n\\end{tabular}\n").toString();
        }
    },
    /** RFC 4180. */
    csv {
        @Override
        public String print(List<String> head, List<List<String>> rows) {
            StringWriter out = new StringWriter();
            try (CSVPrinter printer = new CSVPrinter(
                    out, CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get())) {
                printer.printRecord(head);
                printer.printRecords(rows);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toString();
        }
    };

    private static final int LONGEST_LINE = 40;

    /** The table. */
    public abstract String print(List<String> head, List<List<String>> rows);

    /** Numbers to the right, words to the left, sentences in a column that breaks them. */
    private static String alignment(List<String> cells) {
        if (cells.stream().anyMatch(cell -> cell.length() > LONGEST_LINE)) {
            return "p{0.2\\linewidth}";
        }
        return cells.stream().allMatch(cell -> cell.isEmpty() || cell.matches("[-+–\\d].*")) ? "r" : "l";
    }

    private static String latexLine(List<String> cells) {
        return cells.stream().map(TableFormat::latex).collect(Collectors.joining(" & ")) + " \\\\\n";
    }

    /** Text in which nothing is a command; ± and ° and dashes as LaTeX writes them. */
    private static String latex(String text) {
        StringBuilder out = new StringBuilder();
        text.replaceAll("-(?=\\d)", "−").codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\textbackslash{}");
                case '{', '}', '$', '&', '#', '_', '%' -> out.append('\\').appendCodePoint(c);
                case '~' -> out.append("\\textasciitilde{}");
                case '^' -> out.append("\\textasciicircum{}");
                case '<' -> out.append("\\textless{}");
                case '>' -> out.append("\\textgreater{}");
                case '±' -> out.append("$\\pm$");
                case '°' -> out.append("$^\\circ$");
                case '–' -> out.append("--");
                case '−' -> out.append("$-$");
                case '[' -> out.append("{[}"); // which would be an argument behind the end of a line
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
