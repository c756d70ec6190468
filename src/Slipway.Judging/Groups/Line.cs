namespace Slipway.Judging.Groups;

/// <summary>A straight line through a series, and how far its slope can be trusted.</summary>
internal static class Line
{
    /// <summary>Slope per step and its standard error, widened for memory.</summary>
    public static (double Slope, double Error) Fit(ReadOnlySpan<double> series, double memory)
    {
        double n = 0, st = 0, sy = 0;
        for (var t = 0; t < series.Length; t++) if (!double.IsNaN(series[t])) { n++; st += t; sy += series[t]; }
        if (n < 3) return (0, 0);
        double mt = st / n, my = sy / n, tt = 0, ty = 0, yy = 0;
        for (var t = 0; t < series.Length; t++)
        {
            if (double.IsNaN(series[t])) continue;
            tt += (t - mt) * (t - mt);
            ty += (t - mt) * (series[t] - my);
            yy += (series[t] - my) * (series[t] - my);
        }
        if (tt <= 0) return (0, 0);
        var slope = ty / tt;
        var residual = Math.Max(0, yy - slope * ty) / (n - 2);
        return (slope, Math.Sqrt(residual / tt * (1 + memory) / (1 - memory)));
    }
}
