using System.Globalization;

namespace Slipway.Server.Checks.Declared.Healthy;

/// <summary>Times as people say them.</summary>
internal static class HealthyWords
{
    /// <summary>Rounded down: what is not over is not said to be.</summary>
    public static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min{Rest(time.Seconds, "s")}"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h{Rest(time.Minutes, "min")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Days} d{Rest(time.Hours, "h")}"),
    };

    public static string Time(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.ToString(at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm 'UTC'" : "d MMM HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Rest(int count, string unit) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {count} {unit}");
}
