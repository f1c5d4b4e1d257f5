package org.bpfree.sweep;

import java.util.Collection;
import java.util.StringJoiner;
import java.util.TreeSet;

/** Lists of numbers in the short form of Slurm's {@code --array}: {@code 3,7-9}. */
public final class IndexRanges {
    private IndexRanges() {}

    /** The numbers in order, without repetition. */
    public static String of(Collection<Integer> numbers) {
        StringJoiner ranges = new StringJoiner(",");
        Integer first = null;
        Integer last = null;
        for (int number : new TreeSet<>(numbers)) {
            if (last != null && number == last + 1) {
                last = number;
                continue;
            }
            if (first != null) {
                ranges.add(range(first, last));
            }
            first = number;
            last = number;
        }
        return first == null ? "" : ranges.add(range(first, last)).toString();
    }

    private static String range(int first, int last) {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
