using System.Globalization;

namespace Slipway.Chaos.Checking;

/// <summary>Facts as a person reads them.</summary>
internal static class Evidence
{
    public static string Of(Asked asked) =>
        $"{asked.Verb} {asked.Service} {asked.Version}{asked.Deployment} in {asked.Environment}, key {asked.Key}: "
        + string.Join("; ", asked.Attempts.Select(attempt => string.Create(
            CultureInfo.InvariantCulture, $"{attempt.At:HH:mm:ss.fff} {attempt.Status?.ToString(CultureInfo.InvariantCulture) ?? "no answer"} {attempt.Deployment}{attempt.Code}{attempt.Error}")));

    public static string Of(SeenDeployment deployment) =>
        $"{deployment.Id} {deployment.Service} {deployment.Version} {deployment.Status}, asked with {deployment.Reason ?? "no key"}: "
        + string.Join(' ', deployment.Events.Select(happened => $"{happened.Sequence}:{happened.Type}{(happened.Stage is { } stage ? $"({Name(deployment, stage)})" : "")}"));

    public static string Of(SeenService service) =>
        $"the API: assigned {service.Assigned ?? "nothing"}, runs {service.Running ?? "nothing"}, {service.State}{(service.Reason is { } reason ? ": " + reason : "")}";

    public static string Of(SeenFolder? folder) => folder is null ? "no folder" :
        $"the disk: current {folder.Current ?? "nothing"}, versions {Join(folder.Versions)}, processes {Join(folder.Processes)}, last starts {Join(folder.Starts.TakeLast(5))}";

    private static string Join(IEnumerable<string> texts) => string.Join(' ', texts.DefaultIfEmpty("none"));

    private static string Name(SeenDeployment deployment, int stage) => stage < deployment.Stages.Count ? deployment.Stages[stage].Name : stage.ToString(CultureInfo.InvariantCulture);
}
