package org.bpfree.sweep;

import java.util.function.Function;

/** A form of the results; the names are those of the option {@code --format}. */
public enum ResultsFormat {
    /** One row a cell; the mean and standard deviation of its group stand at the end of the row. */
    csv(CsvResults::print),
    /** Markdown: a table of the groups and a table of the cells. */
    md(MarkdownResults::print),
    /** Markdown: the table of the groups alone. */
    means(MarkdownResults::means),
    /** An object with the lists {@code cells} and {@code groups}. */
    json(JsonResults::print);

    private final Function<Results, String> printer;

    ResultsFormat(Function<Results, String> printer) {
        this.printer = printer;
    }

    /** The text of the results. */
    public String print(Results results) {
        return printer.apply(results);
    }
}
