using Slipway.Chaos;
using Slipway.Chaos.Checking;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (options.Check is { } file)
    return Tell(Checker.Check(History.Load(file)), History.Load(file).Seed);

if (!Sandbox.IsInside && Sandbox.IsPossible())
    return Sandbox.Enter([.. args, .. args.Contains("--seed") ? Array.Empty<string>() : ["--seed", $"{options.Seed}"]]);

var folder = options.Folder ?? Path.Combine(Repository.Root, "TestResults", $"chaos-{options.Seed}");
if (Directory.Exists(folder))
    Directory.Delete(folder, recursive: true);
Directory.CreateDirectory(folder);
return Tell(await new Run(options, folder, Console.WriteLine).RunAsync(), options.Seed);

static int Tell(IReadOnlyList<Violation> violations, int seed)
{
    foreach (var violation in violations)
        Console.WriteLine($"VIOLATED  {violation}");
    Console.WriteLine($"seed {seed}: {violations.Count} violations");
    return violations.Count == 0 ? 0 : 1;
}
