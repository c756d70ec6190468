using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>Clouddriver's tasks as they show in a stage.</summary>
internal static class Kato
{
    public static JsonObject Task(Turn turn, string phase, JsonObject? resultObject = null) => Entry(turn, phase, false, null, resultObject);

    public static Result Failed(Turn turn, string phase, string message) => new Result.Failed(
        new("ClouddriverException", [message]),
        Entry(turn, phase, true, message, null));

    private static JsonObject Entry(Turn turn, string phase, bool failed, string? message, JsonObject? resultObject)
    {
        var id = Guid.NewGuid().ToString();
        var entry = Wire.Object(
            ("id", id),
            ("status", Wire.Object(("completed", true), ("failed", failed))),
            ("exception", message is null ? null : Wire.Object(("message", message), ("type", "EXCEPTION"))),
            ("history", new JsonArray(Wire.Object(("phase", phase), ("status", message ?? $"Finished {phase}.")))),
            ("resultObjects", resultObject is null ? new JsonArray() : new JsonArray(resultObject))).WithoutNulls();
        return Wire.Object(
            ("kato.last.task.id", Wire.Object(("id", id))),
            ("kato.tasks", Wire.Array([.. turn.Context.Objects("kato.tasks").Select(task => task.Copy()), entry])));
    }
}
