using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Configs;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Faults;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Http;

/// <summary>What Gate does not have: faults, the world, and looks behind the scenes, for programs that are not in this process.</summary>
internal static class FakeRoutes
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static void MapFakes(this IEndpointRouteBuilder app, Desk desk, RequestCounts counts)
    {
        var (book, configs) = (new ExecutionBook(desk.Around), new ConfigBook(desk.Around));
        app.MapGet("/_fake/requests", () => Answers.Json(new JsonObject(counts.ByPath.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)))));
        app.MapGet("/_fake/executions", () => Answers.Json(Wire.Object(
            ("started", book.All.Count),
            ("executions", Wire.Array(book.All.Select(Show))))));
        app.MapPost("/_fake/executions", (Body body) =>
        {
            var request = body.Json;
            var id = book.Start(Need(request, "application"), Need(request, "pipeline"), request.Text("user") ?? "somebody", request.Inner("trigger").Copy());
            return Answers.Json(Wire.Object(("id", id)));
        });
        app.MapDelete("/_fake/executions/{id}", (string id, string? user, string? reason) =>
        {
            book.Cancel(id, user ?? "somebody", reason);
            return Answers.Empty;
        });
        app.MapPut("/_fake/applications/{name}", (string name, Body body) =>
        {
            configs.SaveApplication(name, body.Json);
            return Answers.Empty;
        });
        app.MapPut("/_fake/pipelineConfigs", (Body body) =>
        {
            var request = body.Json;
            return Answers.Json(Wire.Object(("id", configs.Save(request))));
        });
        app.MapPost("/_fake/faults", (Body body) => Fault(desk.Around.Faults, body.Json));
        app.MapDelete("/_fake/faults", () =>
        {
            desk.Around.Faults.Clear();
            return Answers.Empty;
        });
        MapWorld(app, desk);
    }

    private static void MapWorld(IEndpointRouteBuilder app, Desk desk)
    {
        var world = desk.Around.World;
        app.MapPost("/_fake/canaryScores", (Body body) =>
        {
            var request = body.Json;
            desk.Around.Judge.Say([.. request["scores"]!.AsArray().Select(score => score!.GetValue<double>())]);
            return Answers.Empty;
        });
        app.MapPost("/_fake/serverGroups", (Body body) =>
        {
            var request = body.Json;
            var made = world.AddServerGroup(Need(request, "account"), Need(request, "region"), Need(request, "cluster"), (int)(request.Number("size") ?? 2), request.Text("package") ?? "base-1.0.0");
            return Answers.Json(Wire.Object(("name", made.Name)));
        });
        app.MapPost("/_fake/serverGroups/{account}/{region}/{name}/{change}", (string account, string region, string name, string change, int? size) =>
            Changed(world, account, region, name, change, size ?? 0));
        app.MapPost("/_fake/neverUp", (Body body) =>
        {
            world.NeverUp(Need(body.Json, "pattern"));
            return Answers.Empty;
        });
        app.MapDelete("/_fake/neverUp", () =>
        {
            world.AllGetUp();
            return Answers.Empty;
        });
    }

    private static IResult Changed(CloudWorld world, string account, string region, string name, string change, int size)
    {
        Action<string, string, string> made = change switch
        {
            "disable" => world.Disable,
            "enable" => world.Enable,
            "destroy" => world.Destroy,
            "resize" => (inAccount, inRegion, named) => world.Resize(inAccount, inRegion, named, size),
            _ => throw new GateException(400, $"{change} is none of disable, enable, destroy, resize"),
        };
        made(account, region, name);
        return Answers.Empty;
    }

    /// <summary>One or several at once; the keys are the members of <see cref="FaultBox"/>.</summary>
    private static IResult Fault(FaultBox faults, JsonObject request)
    {
        foreach (var (key, value) in request)
        {
            switch (key)
            {
                case "answer":
                    faults.Answer(value.Deserialize<AnswerFault>(Reading)!);
                    break;
                case "failStage":
                    faults.FailStage(Need(value!.AsObject(), "stage"), [.. value.AsObject().List("errors")]);
                    break;
                case "failBake":
                    faults.FailBake(Need(value!.AsObject(), "package"), value.AsObject().Text("message") ?? "Packer failed: exit status 1");
                    break;
                case "reject":
                    faults.Reject(Need(value!.AsObject(), "pipeline"), value.AsObject().Text("reason") ?? "rejected");
                    break;
                case "swallow":
                    faults.Swallow([.. request.List(key)]);
                    break;
                default:
                    Switch(faults, key, request);
                    break;
            }
        }

        return Answers.Empty;
    }

    private static void Switch(FaultBox faults, string key, JsonObject request)
    {
        switch (key)
        {
            case "echoDrops":
                faults.EchoDrops = request.Truth(key) == true;
                break;
            case "sessionsExpired":
                faults.SessionsExpired = request.Truth(key) == true;
                break;
            case "nullsOfOldVersions":
                faults.NullsOfOldVersions = request.Truth(key) == true;
                break;
            case "hiddenAfterStartSeconds":
                faults.HiddenAfterStart = TimeSpan.FromSeconds(request.Number(key) ?? 0);
                break;
            case "runningIsCalled":
                faults.RunningIsCalled = request.Text(key);
                break;
            case "saveFails":
                faults.SaveFails = request.Text(key);
                break;
            case "monitorSays":
                faults.MonitorSays = request.Text(key) ?? "continue";
                break;
            default:
                throw new GateException(400, $"There is no fault {key}");
        }
    }

    private static JsonObject Show(ExecutionEntry entry) => Wire.Object(
        ("id", entry.Id),
        ("application", entry.Application),
        ("name", entry.Name),
        ("status", entry.Status.Wire()),
        ("user", entry.User),
        ("correlationId", entry.CorrelationId));

    private static string Need(JsonObject request, string key) => request.Text(key) ?? throw new GateException(400, $"{key} must be given");
}
