package org.bpfree.data;

/** Checks of labels that all formats share. */
public final class Labels {
    private Labels() {}

    /** Refuses a label that names no class, saying which image has it. */
    public static void check(DataFile file, byte[] labels, int from, int count, int classes) {
        for (int i = 0; i < count; i++) {
            int label = labels[from + i] & 0xff;
            if (label >= classes) {
                throw file.damaged("gives image " + i + " the label " + label + "; labels are 0 to " + (classes - 1));
            }
        }
    }
}
