
namespace Slipway.FakeGate.Executions;

/// <summary>Moves one execution on as far as it goes at this moment: stages start and end, children are planned, the end is found.</summary>
internal sealed class Walk(Execution execution, DateTimeOffset now, Surroundings around)
{
    private readonly Planning planning = new(execution, now, around);

    public void Settle()
    {
        while (execution.Status == Status.Running && execution.Stages.ToList().Exists(Moves))
        {
        }

        if (execution.Status == Status.Running && Final() is { } status)
            End(status);
    }

    /// <summary>Ends the execution. What still runs in it is canceled.</summary>
    public void End(Status status)
    {
        foreach (var stage in execution.Stages.Where(stage => stage.Status is Status.Running or Status.Paused).ToList())
            Cancel(stage);

        execution.Status = status;
        execution.EndTime = now;
        around.Launcher.Waiting.Ended(execution, now);
    }

    private bool Moves(Stage stage) => stage.Status switch
    {
        Status.NotStarted => IsReady(stage) && Starts(stage),
        Status.Running => Advances(stage),
        _ => false,
    };

    private bool Starts(Stage stage)
    {
        planning.Start(stage);
        return true;
    }

    /// <summary>One step: before, tasks, after, end.</summary>
    private bool Advances(Stage stage)
    {
        switch (Of(stage, Place.Before))
        {
            case Family.Waits:
                return false;
            case Family.Halted:
                return Fails(stage);
        }

        if (stage.Tasks.Exists(task => task.Status.Halts() || task.Status == Status.FailedContinue))
            return Fails(stage);

        if (stage.Tasks.Exists(task => task.Status == Status.Running))
            return false;

        if (stage.Tasks.Find(task => task.Status == Status.NotStarted) is { } next)
        {
            next.Status = Status.Running;
            next.StartTime = now;
            next.Due = now + around.Real(around.Pace.Task);
            return true;
        }

        if (!stage.AfterIsPlanned)
        {
            planning.After(stage);
            return true;
        }

        return Of(stage, Place.After) switch
        {
            Family.Waits => false,
            Family.Halted => Fails(stage),
            _ => Ends(stage, Outcome(stage)),
        };
    }

    private bool Fails(Stage stage)
    {
        if (!stage.FailureIsPlanned)
        {
            planning.OnFailure(stage);
            return true;
        }

        return Of(stage, Place.OnFailure) != Family.Waits && Ends(stage, Outcome(stage));
    }

    private bool Ends(Stage stage, Status status)
    {
        stage.Status = status;
        stage.EndTime = now;
        return true;
    }

    private Status Outcome(Stage stage)
    {
        var parts = execution.Children(stage).Select(child => child.Status).Concat(stage.Tasks.Select(task => task.Status)).ToList();
        if (parts.Contains(Status.Terminal))
            return TaskRunner.FailureStatus(stage);

        Status[] worst = [Status.Stopped, Status.Canceled, Status.FailedContinue];
        return worst.Where(parts.Contains).DefaultIfEmpty(Status.Succeeded).First();
    }

    private Family Of(Stage parent, Place place)
    {
        var children = execution.Children(parent).Where(child => child.Place == place).ToList();
        if (children.Exists(child => child.Status is Status.Terminal or Status.Canceled))
            return Family.Halted;

        if (children.Exists(child => child.Status == Status.Running || (child.Status == Status.NotStarted && IsReady(child))))
            return Family.Waits;

        return children.Exists(child => child.Status.Halts()) ? Family.Halted : Family.Passed;
    }

    private bool IsReady(Stage stage) => execution.Requisites(stage).All(before => before.Status.Passes())
        && (execution.Parent(stage) is not { } parent || parent.Status == Status.Running);

    /// <summary>Null: it goes on.</summary>
    private Status? Final()
    {
        var tops = execution.Tops.ToList();
        if (tops.TrueForAll(stage => stage.Status.Passes()))
            return Status.Succeeded;

        if (tops.Exists(stage => stage.Status == Status.Terminal))
            return Status.Terminal;

        if (tops.Exists(stage => stage.Status == Status.Canceled))
            return Status.Canceled;

        var stopped = tops.Where(stage => stage.Status == Status.Stopped).ToList();
        if (stopped.Count == 0 || tops.Exists(stage => stage.Status == Status.Running))
            return null;

        return stopped.Exists(stage => Json.Wire.Truth(stage.Context, "completeOtherBranchesThenFail") == true) ? Status.Terminal : Status.Succeeded;
    }

    private void Cancel(Stage stage)
    {
        foreach (var task in stage.Tasks.Where(task => task.Status == Status.Running))
            TaskRunner.End(task, Status.Canceled, now);

        stage.Status = Status.Canceled;
        stage.EndTime = now;
        around.Types.For(execution, stage)?.OnCancel(new(execution, stage, now, around));
    }

    private enum Family
    {
        Waits,
        Halted,
        Passed,
    }
}
