using Google.Protobuf.Collections;

namespace Slipway.Agent.Signals;

/// <summary>
/// The last steps of a service, a number for each signal and step. A signal takes no room before it has a value: 1.4 KB then, so an ordinary service
/// takes about 20 KB.
/// </summary>
internal sealed class SignalRing(int stepMs)
{
    public const int Capacity = 360;

    /// <summary>A clock that was put back by no more than that is waited for.</summary>
    private const int MostStepsBack = 6;

    /// <summary>Watched names change with versions; those that have no value any more make room.</summary>
    private const int MostSeries = 64;

    private readonly Dictionary<string, float[]> series = new(StringComparer.Ordinal);

    public int StepMs => stepMs;

    public bool IsEmpty => Last < 0;

    /// <summary>The oldest step that is kept.</summary>
    public long First { get; private set; } = -1;

    public long Last { get; private set; } = -1;

    public IEnumerable<string> Names => series.Keys;

    /// <summary>Goes on to a step; those in between were not measured. False: it is over already.</summary>
    public bool Begin(long step)
    {
        if (!IsEmpty && step <= Last)
        {
            if (Last - step <= MostStepsBack)
                return false;

            (First, Last) = (-1, -1);
        }

        if (IsEmpty || step - Last >= Capacity)
            series.Clear();

        for (var next = Last + 1; next <= step && series.Count > 0; next++)
        {
            foreach (var values in series.Values)
                values[next % Capacity] = float.NaN;
        }

        First = IsEmpty ? step : Math.Max(First, step - Capacity + 1);
        Last = step;
        return true;
    }

    /// <summary>A value of the last step.</summary>
    public void Set(string name, double value)
    {
        if (double.IsNaN(value) || IsEmpty)
            return;

        if (!series.TryGetValue(name, out var values))
        {
            if (series.Count >= MostSeries)
                DropUnused();
            if (series.Count >= MostSeries)
                return;

            values = new float[Capacity];
            Array.Fill(values, float.NaN);
            series.Add(name, values);
        }

        values[Last % Capacity] = (float)value;
    }

    public float Get(string name, long step) =>
        step >= First && step <= Last && series.TryGetValue(name, out var values) ? values[step % Capacity] : float.NaN;

    public bool HasAny(string name, long first, int count)
    {
        var values = series[name];
        for (var step = first; step < first + count; step++)
        {
            if (!float.IsNaN(values[step % Capacity]))
                return true;
        }

        return false;
    }

    public void CopyTo(RepeatedField<float> target, string name, long first, int count)
    {
        var values = series[name];
        target.Capacity = Math.Max(target.Capacity, target.Count + count);
        for (var step = first; step < first + count; step++)
            target.Add(values[step % Capacity]);
    }

    private void DropUnused()
    {
        foreach (var (name, values) in series)
        {
            if (Array.TrueForAll(values, float.IsNaN))
                series.Remove(name);
        }
    }
}
