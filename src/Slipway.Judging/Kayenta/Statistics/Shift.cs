namespace Slipway.Judging.Kayenta.Statistics;

/// <summary>By how much one sample lies above another: the estimate and its confidence interval.</summary>
internal readonly record struct Shift(double Low, double High, double Estimate);
