using System.Text.Json.Nodes;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Configs;

/// <summary>Applications and pipeline configs, as somebody changes them by hand.</summary>
public sealed class ConfigBook
{
    private readonly Surroundings around;

    internal ConfigBook(Surroundings around) => this.around = around;

    /// <summary>Copies of all configs.</summary>
    public IReadOnlyList<JsonObject> All => around.Turnstile.Do(_ => around.Configs.Configs.Select(config => config.Copy()).ToList());

    /// <summary>Creates an application, or changes the keys that are given.</summary>
    public void SaveApplication(string name, JsonObject? attributes = null, string user = "somebody") =>
        around.Turnstile.Do(now => around.Configs.SaveApplication(Wire.Object(("name", name), ("email", "owner@example.com")).Merge(attributes), user, now));

    /// <summary>Creates or changes a config; the id.</summary>
    public string Save(JsonObject config, string user = "somebody") => around.Turnstile.Do(now =>
        around.Configs.Save(config, false, user, now) is { } trouble
            ? throw new InvalidOperationException(trouble)
            : around.Configs.Find(config.Text("application")!, config.Text("name")!)!.Text("id")!);

    public void Delete(string application, string name) => around.Turnstile.Do(_ => around.Configs.Delete(around.Configs.Find(application, name)!));
}
