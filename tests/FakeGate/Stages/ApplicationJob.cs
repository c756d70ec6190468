using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages;

/// <summary>Creates, changes or deletes an application.</summary>
internal sealed class ApplicationJob(string name) : IStageType
{
    public string Name => name;

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new(name, Change)];

    private Result Change(Turn turn)
    {
        var given = turn.Context.Inner("application");
        if (given.Text("name") is not { Length: > 0 } application)
            return Result.Fail("IllegalArgumentException", "application.name must be given");

        var known = turn.Around.Configs.Application(application);
        switch (name)
        {
            case "updateApplication" when known is null:
                return Result.Fail("NotFoundException", $"Application {application} does not exist");
            case "deleteApplication" when turn.Around.World.State.Groups.Any(group => group.Moniker.App == application):
                return Result.Fail("IllegalStateException", $"Application has outstanding clusters in {application}");
            case "deleteApplication" when known is not null:
                turn.Around.Configs.Applications.Remove(known);
                break;
            case "createApplication" or "updateApplication":
                turn.Around.Configs.SaveApplication(given.Copy(), turn.Execution.User, turn.Now);
                break;
        }

        return new Result.Succeeded(Wire.Object(("notification.type", name.ToLowerInvariant()), ("newState", given.Copy())));
    }
}
