package org.bpfree.tensor;

import java.util.Optional;

/** Products of matrices {@code [rows, columns]}; tensors of higher rank are viewed as {@code [all but last, last]} by the caller. */
public final class MatrixProduct {
    private MatrixProduct() {}

    /** {@code output = a b}. */
    public static Routine of(Tensor a, Tensor b, Tensor output) {
        return product(a, false, b, false, output, false);
    }

    /** {@code output = a b^T}: a dense layer's forward with weights {@code [out, in]}. */
    public static Routine withSecondTransposed(Tensor a, Tensor b, Tensor output) {
        return product(a, false, b, true, output, false);
    }

    /** {@code output = a^T b}: a weight gradient from errors {@code [batch, out]} and inputs {@code [batch, in]}. */
    public static Routine withFirstTransposed(Tensor a, Tensor b, Tensor output) {
        return product(a, true, b, false, output, false);
    }

    /** {@code output += a^T b}. */
    public static Routine addWithFirstTransposed(Tensor a, Tensor b, Tensor output) {
        return product(a, true, b, false, output, true);
    }

    private static Routine product(
            Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor output, boolean accumulate) {
        Optional<OneDnn> library = OneDnn.forPrecision(a.precision());
        if (library.isPresent()) {
            Matrices first = Matrices.one(a);
            Matrices second = Matrices.one(b);
            return OneDnnProduct.shared(
                    library.get(),
                    transposeA ? first.transpose() : first,
                    transposeB ? second.transpose() : second,
                    Matrices.one(output),
                    accumulate);
        }
        return BlasProduct.shared(
                new BlasProduct.Factor(a, transposeA), new BlasProduct.Factor(b, transposeB), output, accumulate);
    }
}
