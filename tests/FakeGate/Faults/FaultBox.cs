using System.Text.RegularExpressions;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Stages;

namespace Slipway.FakeGate.Faults;

/// <summary>What is to go wrong. Faults stay until they are used up, their time is over, or <see cref="Clear"/>.</summary>
public sealed class FaultBox
{
    private readonly Lock entrance = new();
    private readonly List<(string Stage, Trouble Trouble)> stageFailures = [];
    private readonly List<(Regex Package, string Message)> bakeFailures = [];
    private readonly List<(string Pipeline, string Reason)> rejections = [];
    private readonly List<AnswerFault> answers = [];
    private readonly HashSet<string> swallowed = [];

    /// <summary>Triggers through <c>/pipelines/v2</c> never become executions.</summary>
    public bool EchoDrops { get; set; }

    /// <summary>How long after its start an execution can not be read yet (404).</summary>
    public TimeSpan HiddenAfterStart { get; set; }

    /// <summary>What executions say instead of RUNNING. Null: RUNNING.</summary>
    public string? RunningIsCalled { get; set; }

    /// <summary>Answers hold nulls where newer versions leave members out.</summary>
    public bool NullsOfOldVersions { get; set; }

    /// <summary>Saving a pipeline config fails with this message. Null: it works.</summary>
    public string? SaveFails { get; set; }

    /// <summary>What deployment monitors answer: <c>continue</c>, <c>wait</c> or <c>abort</c>.</summary>
    public string MonitorSays { get; set; } = "continue";

    /// <summary>Every call is told to sign in (302 to /login).</summary>
    public bool SessionsExpired { get; set; }

    /// <summary>A fault of HTTP answers; the newest one that fits a request is taken.</summary>
    public void Answer(AnswerFault fault)
    {
        lock (entrance)
            answers.Add(fault);
    }

    /// <summary>Stages of this name or type fail at their first task, with these errors.</summary>
    public void FailStage(string nameOrType, params string[] errors)
    {
        lock (entrance)
            stageFailures.Add((nameOrType, new("InjectedFailure", errors)));
    }

    /// <summary>Bakes of packages that match (a regular expression) fail.</summary>
    public void FailBake(string packagePattern, string message = "Packer failed: exit status 1")
    {
        lock (entrance)
            bakeFailures.Add((new(packagePattern), message));
    }

    /// <summary>Orca refuses this pipeline: a TERMINAL execution is stored and the start answers with an error.</summary>
    public void Reject(string pipeline, string reason)
    {
        lock (entrance)
            rejections.Add((pipeline, reason));
    }

    /// <summary>
    /// Control calls that answer as ever and do nothing: <c>cancel</c>, <c>pause</c>, <c>resume</c>, <c>restart</c>, <c>patch</c>.
    /// </summary>
    public void Swallow(params ReadOnlySpan<string> calls)
    {
        lock (entrance)
        {
            foreach (var call in calls)
                swallowed.Add(call);
        }
    }

    /// <summary>From now on all is well.</summary>
    public void Clear()
    {
        lock (entrance)
        {
            stageFailures.Clear();
            bakeFailures.Clear();
            rejections.Clear();
            answers.Clear();
            swallowed.Clear();
            EchoDrops = NullsOfOldVersions = SessionsExpired = false;
            HiddenAfterStart = TimeSpan.Zero;
            RunningIsCalled = SaveFails = null;
            MonitorSays = "continue";
        }
    }

    internal bool Swallows(string call)
    {
        lock (entrance)
            return swallowed.Contains(call);
    }

    internal Trouble? FailureOf(Stage stage)
    {
        lock (entrance)
            return stageFailures.Find(failure => failure.Stage == stage.Name || failure.Stage == stage.Type).Trouble;
    }

    internal string? BakeFailure(string package)
    {
        lock (entrance)
            return bakeFailures.Find(failure => failure.Package.IsMatch(package)).Message;
    }

    internal string? Rejection(string pipeline)
    {
        lock (entrance)
            return rejections.Find(rejection => rejection.Pipeline == pipeline).Reason;
    }

    internal AnswerFault? Take(string method, string path, DateTimeOffset now)
    {
        lock (entrance)
        {
            var fault = answers.FindLast(fault => fault.Fits(method, path, now));
            if (fault is { Times: { } times })
            {
                answers.Remove(fault);
                if (times > 1)
                    answers.Add(fault with { Times = times - 1 });
            }

            return fault;
        }
    }
}
