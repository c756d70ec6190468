using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Configs;

/// <summary>Pipeline configs and applications as Front50 keeps them: free maps with a few keys that count.</summary>
internal sealed class ConfigStore
{
    private DateTimeOffset listedAt = DateTimeOffset.MinValue;
    private IReadOnlyList<JsonObject> listed = [];

    public List<JsonObject> Configs { get; init; } = [];

    /// <summary>Earlier versions, newest first, by the config's id.</summary>
    public Dictionary<string, List<JsonObject>> History { get; init; } = [];

    public List<JsonObject> Applications { get; init; } = [];

    public JsonObject? Find(string application, string nameOrId) =>
        Of(application).FirstOrDefault(config => config.Text("name") == nameOrId) ?? Of(application).FirstOrDefault(config => config.Text("id") == nameOrId);

    public JsonObject? ById(string id) => Configs.Find(config => config.Text("id") == id);

    public IEnumerable<JsonObject> Of(string application) =>
        Configs.Where(config => string.Equals(config.Text("application"), application, StringComparison.OrdinalIgnoreCase)).OrderBy(config => config.Number("index") ?? 0);

    /// <summary>As they were when the list was last looked through, which Gate does every few seconds.</summary>
    public IReadOnlyList<JsonObject> ListedApplications(DateTimeOffset now, TimeSpan every)
    {
        if (now - listedAt >= every)
            (listedAt, listed) = (now, [.. Applications]);

        return listed;
    }

    public JsonObject? Application(string name) =>
        Applications.Find(application => string.Equals(application.Text("name"), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null: saved. Otherwise what Front50 has against it.</summary>
    public string? Save(JsonObject given, bool staleCheck, string user, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(given.Text("name")) || string.IsNullOrWhiteSpace(given.Text("application")))
            return "422 Unprocessable Entity: A pipeline requires name and application fields";

        var (application, name) = (given.Text("application")!, given.Text("name")!);
        if (Of(application).Any(other => other.Text("name") == name && other.Text("id") != given.Text("id")))
            return $"400 Bad Request: A pipeline with name {name} already exists in application {application}";

        var before = given.Text("id") is { } id ? ById(id) : null;
        if (staleCheck && before is not null && before.Text("lastModified") != given.Text("lastModified"))
            return "The submitted pipeline is stale.  submitted updateTs does not match stored updateTs";

        Put(before, given.Copy(), user, now);
        return null;
    }

    public void Delete(JsonObject config) => Configs.Remove(config);

    public void SaveApplication(JsonObject given, string user, DateTimeOffset now)
    {
        var before = Application(given.Text("name")!);
        var stamp = Wire.Millis(now)!.ToString();
        var after = (before?.Copy() ?? Wire.Object(("createTs", stamp))).Merge(given);
        after["updateTs"] = stamp;
        after["lastModifiedBy"] = user;
        Applications.Remove(before!);
        Applications.Add(after);
    }

    private void Put(JsonObject? before, JsonObject after, string user, DateTimeOffset now)
    {
        after["id"] ??= Guid.NewGuid().ToString();
        after["index"] ??= before?["index"].Copy() ?? Of(after.Text("application")!).Count();
        after["lastModifiedBy"] = user;
        after["lastModified"] = Wire.Millis(now);
        after["updateTs"] = Wire.Millis(now)!.ToString();
        if (before is not null)
            Configs.Remove(before);

        Configs.Add(after);
        History.TryAdd(after.Text("id")!, []);
        History[after.Text("id")!].Insert(0, after.Copy());
    }
}
