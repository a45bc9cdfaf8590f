package authz

// SimulatorRun lets its holder run the policy simulator and read its runs.
const SimulatorRun Permission = "simulator:run"

var _ = define(
	grant(SimulatorRun, "运行政策模拟", anyOf(bureauRoles, purseRoles, fundRoles)...),
)
